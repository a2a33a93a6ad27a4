"""Domain rules of the warehouse layer."""
