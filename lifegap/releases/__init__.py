"""Releases: published in one step, read by place and name, traced to their files."""
