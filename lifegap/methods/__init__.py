"""Statistics: pure functions of arrays and frames. Nothing here reads a file or a setting."""
