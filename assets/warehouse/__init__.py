"""Warehouse: one shape for all sources. Places, shapes, crosswalks, observations, life tables.

Not here: statistics. Nothing is summed over places and nothing is withheld.
"""
