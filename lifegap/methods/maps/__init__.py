"""Neighbors on the map, and what goes along with what."""
