"""Figures of surveys: margins, medians, and whether they may be shown."""
