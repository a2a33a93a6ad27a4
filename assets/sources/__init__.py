"""Sources: the publisher's exact layouts and quirks become typed rows, every one of them.

Not here: places, crosswalks, anything computed. A module knows one dataset and nothing else.
"""
