"""Domain rules of the sources layer."""
