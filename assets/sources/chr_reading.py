"""County Health Rankings: what its parsers share, the names of groups and the signs in numeric cells."""

import polars as pl

RACES = {
    "white": "race:white",
    "black": "race:black",
    "aian": "race:american_indian_alaska_native",
    "asian": "race:asian",
    "nhopi": "race:native_hawaiian_pacific_islander",
    "tom": "race:two_or_more",
    "hispanic": "race:hispanic",
}
"""Race as abbreviated in column names → population group."""


def cells_as_text(*cells: tuple[str, pl.Expr]) -> pl.Expr:
    """`column=text` of the cells (column, whether it is to be told), joined; null where there is none."""
    texts = [pl.when(where).then(pl.lit(f"{column}=") + pl.col(column)) for column, where in cells]
    joined = pl.concat_str(texts, separator="; ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def measure_code(column: str) -> pl.Expr:
    """A measure's code as other files write it: 1 is v001, 147 is v147."""
    return "v" + pl.col(column).str.zfill(3)
