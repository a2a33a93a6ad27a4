"""Rates and counts: their intervals, standards of age, benchmarks, and small counts that are hidden."""
