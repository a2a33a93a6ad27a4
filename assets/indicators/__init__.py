"""Indicators: figures with their uncertainty, from the warehouse, by the methods of `lifegap.methods`.

Not here: what may be quoted, and in which words; that is decided where figures are published.
"""
