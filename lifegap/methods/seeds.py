"""Where random sequences start."""

SEED = 20260101
"""Of every drawn figure that has no seed of its own: the same data give the same digits."""
