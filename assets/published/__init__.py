"""Published: the tables of the contract, with what may be quoted, and the release made of them.

Not here: statistics. A figure comes as computed; this layer adds its words and its papers.
"""
