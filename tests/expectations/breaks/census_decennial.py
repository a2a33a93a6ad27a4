"""Cells of the decennial census."""

T = "sources.decennial_cell"
BREAK = {
    f"{T} signs_are_known": "UPDATE {t} SET value = NULL, sign = '(X)' WHERE line = 'P2_001N'",
    f"{T} parts_add_up_to_totals": "UPDATE {t} SET value = value + 1 WHERE line = 'P2_001N' AND name = 'Illinois'",
}
