"""Places in order, and over time against a target."""
