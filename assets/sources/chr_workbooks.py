"""County Health Rankings: sheets of the publisher's workbooks, and national files re-shaped by others.

Peculiar: the first header row names a measure over its first column only, the second repeats names
(`95% CI - Low`); state rows have no county; a sheet of a state has a state row without ranks. Percentages
are of 100, unlike in the other files. Cells that are no number have a meaning and are kept as text: x
unreliable, NR not ranked, Yes and No, ratios (831:1), ranges (1-4 deaths, 8.1-10.0 and >=20 per 100,000),
a lone dot for missing. The re-shaped files of 2014 to 2016 name columns as R does (dots for spaces); that
of 2016 has thousands separators in most columns. Sheets of notes are counted, not read.
"""

from collections.abc import Iterator

import polars as pl

from assets.sources.chr_reading import cells_as_text
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number
from lifegap.landing.recognize import workbook_sheet

RANKS = "Outcomes & Factors Rankings"
SUBRANKS = "Outcomes & Factors SubRankings"
RANKED = "Ranked Measure Data"
DATA_SHEETS = (RANKS, SUBRANKS, RANKED, "Additional Measure Data")
NOTES = ("Introduction", "Ranked Measure Sources & Years", "Addtl Measure Sources & Years")
SHEETS = {
    "sheet_rankings": RANKS,
    "sheet_subrankings": SUBRANKS,
    "sheet_ranked_measures": RANKED,
    "sheet_ranked_measures_2023": RANKED,
    "sheet_select_measures": "Select Measure Data",
}
"""Layout of a sheet saved as text → the sheet."""

ANALYTIC = "analytic data"
R_CODES = {
    "r_values_2014": ("FIPS.State.Code", "FIPS.County.Code"),
    "r_values_2015": ("STATECODE", "COUNTYCODE"),
    "r_analytic_2016": ("STATECODE", "COUNTYCODE"),
}
"""Layout of a re-shaped national file → its columns of the place's code, without leading zeros."""

PLACE = ["FIPS", "State", "County"]
SIGN = r"^(x|NR|Yes|No|\.|\d+:\d+|\d+(\.\d+)?-\d+(\.\d+)?|>=\d+)$"
SEPARATED = r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"


@table("sources.chr_workbook_cell", source="chr_measures")
def chr_workbook_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per file, sheet, place and column that says something."""
    for file in files.of("state_workbook"):
        yield from _workbook(file)
    for file in files.of(*SHEETS):
        rows = file.rows(_numbered(len(file.header[0])))
        yield _sheet(file, file.without_empty_lines(rows), file.header, SHEETS[file.layout.id])
    for file in files.of(*R_CODES):
        yield _reshaped(file)


def _workbook(file: SourceFile) -> Iterator[pl.DataFrame]:
    """The sheets of a state's workbook."""
    import fastexcel

    sheets = fastexcel.read_excel(file.content()).sheet_names
    if sorted(sheets) != sorted((*DATA_SHEETS, *NOTES)):
        raise file.unreadable(f"the sheets {', '.join(sheets)}")
    for sheet in sheets:
        cells = workbook_sheet(file.content(), file.layout.model_copy(update={"sheet": sheet}))
        header, body = ([], cells) if sheet in NOTES else (cells[:2], cells[2:])
        frame = pl.DataFrame(body, schema=dict.fromkeys(_numbered(len(cells[0])), pl.String), orient="row")
        rows = file.without_empty_lines(file.counted(frame.with_columns(pl.all().replace("", None))))
        if sheet in NOTES:
            file.without(rows, pl.lit(True), "sheet_of_notes")
        else:
            yield _sheet(file, rows, header, sheet)


def _sheet(file: SourceFile, rows: pl.DataFrame, header: list[list[str]], sheet: str) -> pl.DataFrame:
    """The cells of a sheet under two header rows."""
    measures, labels = header
    if labels[:3] != PLACE:
        raise file.unreadable(f"the sheet {sheet} begins with columns {', '.join(labels[:3])}")
    sections: list[str | None] = []
    for name in measures:
        sections.append(name or (sections[-1] if sections else None))
    columns = _numbered(len(labels))
    places = dict(zip(columns, ("county_fips", "state", "county"), strict=False))
    names = pl.DataFrame(
        {"column": columns, "section": sections, "label": labels},
        schema=dict.fromkeys(("column", "section", "label"), pl.String),
    )
    rows = rows.rename(places).with_columns(amiss=pl.lit(None, pl.String))
    return _cells(file, rows, names[3:], sheet)


def _reshaped(file: SourceFile) -> pl.DataFrame:
    """The cells of a national file that was taken through R."""
    rows = file.without_empty_lines(file.rows())
    codes = R_CODES[file.layout.id]
    named = {*codes, "FIPS", "ST", "State", "County"}
    columns = [name for name in rows.columns if name not in (FILE, ROW, *named)]
    absent = [name for name in ("FIPS", "ST") if name not in rows.columns]
    rows = rows.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in absent),
        county_fips=pl.col(codes[0]).str.zfill(2) + pl.col(codes[1]).str.zfill(3),
        state=pl.col("State"),
        county=pl.col("County"),
    )
    rows = rows.with_columns(
        amiss=cells_as_text(
            ("FIPS", pl.col("FIPS") != pl.col("county_fips")), ("ST", pl.col("ST") != pl.col("state"))
        )
    )
    names = pl.DataFrame(
        {"column": columns, "section": None, "label": columns}, schema_overrides={"section": pl.String}
    )
    return _cells(file, rows, names, ANALYTIC)


def _cells(file: SourceFile, rows: pl.DataFrame, names: pl.DataFrame, sheet: str) -> pl.DataFrame:
    """The filled cells of the named columns, one a row. Places without any are set aside."""
    columns = names["column"].to_list()
    rows = file.without(rows, pl.all_horizontal(pl.col(columns).is_null()), "no_value")
    numbered = names.with_row_index("column_number", offset=1).with_columns(
        pl.col("column_number").cast(pl.Int32), pl.col("label").replace("", None)
    )
    index = [FILE, ROW, "county_fips", "state", "county", "amiss"]
    plain = pl.col("text").str.replace_all(",", "")
    return (
        rows.unpivot(columns, index=index, variable_name="column", value_name="cell")
        .filter(pl.col("cell").is_not_null())
        .join(numbered, on="column", how="left", maintain_order="left")
        .with_columns(text=pl.col("cell"))
        .with_columns(text=pl.when(pl.col("cell").str.contains(SEPARATED)).then(plain).otherwise("text"))
        .select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            sheet=pl.lit(sheet),
            county_fips=pl.col("county_fips"),
            state=pl.col("state"),
            county=pl.col("county"),
            column_number=pl.col("column_number"),
            section=pl.col("section"),
            label=pl.col("label"),
            value=number("text"),
            sign=pl.when(pl.col("cell").str.contains(SIGN)).then("cell"),
            unparsed=pl.coalesce(
                cells_as_text(("cell", number("text").is_null() & ~pl.col("cell").str.contains(SIGN))),
                "amiss",
            ),
        )
    )


def _numbered(width: int) -> list[str]:
    return [f"column_{index}" for index in range(width)]
