"""The command line, one module per command. Heavy libraries are imported by those that need them."""

from lifegap.cli.app import main

__all__ = ["main"]
