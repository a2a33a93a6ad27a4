"""The declarations of `data/` and `sql/` as typed objects."""
