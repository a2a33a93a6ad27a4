"""Domain rules of the published layer."""
