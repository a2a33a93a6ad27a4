"""Tests of the project: a package of its own name, for installed ones leave theirs lying about."""
