"""DuckDB: the warehouse while it is built, releases once they are published."""
