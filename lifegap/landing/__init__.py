"""Obtaining source files and keeping them as they came, with a receipt for each."""
