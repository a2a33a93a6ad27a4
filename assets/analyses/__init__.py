"""Analyses: what is computed out of figures; gaps taken apart, trends, ranks, clusters, comparisons."""
