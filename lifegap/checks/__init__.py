"""Expectations: what they are, what the declarations imply, and how they run inside DuckDB."""
