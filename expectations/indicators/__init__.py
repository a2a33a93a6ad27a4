"""Domain rules of the indicators layer."""
