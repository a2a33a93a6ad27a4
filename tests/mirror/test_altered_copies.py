"""Public copies that were found altered, shown on the real files altered in the same way: A12, B12."""

import gzip
from pathlib import Path

import polars as pl

from expectations import domain_rules
from tests.assets.slices import CATALOG, load, slices_of, source_file

INVENTED = ("06027000800", "78.9", "99.1")
"""Tract of California, its real life expectancy, and that of another project's test file."""

SLIPPED_FROM = 77


def _broken(warehouse, table: str, rule_id: str) -> int:
    (rule,) = (each for each in domain_rules(table) if each.id == rule_id)
    return warehouse.connection.execute(f"SELECT {rule.count_sql} FROM {table}").fetchone()[0]


def _content(mirror: Path, source_id: str, file: str) -> bytes:
    (listed,) = (each for each in CATALOG.cards[source_id].files if each.file == file)
    assert listed.mirror is not None
    return gzip.decompress((mirror / listed.mirror).read_bytes())


def test_an_invented_life_expectancy_contradicts_the_export_of_the_same_data(
    mirror: Path, tmp_path: Path
) -> None:
    tract, real, invented = INVENTED
    lines = _content(mirror, "nchs_usaleep", "US_A.CSV").splitlines(keepends=True)
    (row,) = (number for number, line in enumerate(lines) if tract.encode() in line)
    assert real.encode() in lines[row]
    export = tmp_path / "export.csv"
    export.write_bytes(_content(mirror, "nchs_usaleep", "life_expectancy_tract_5h56-n989.csv"))
    whole, altered = tmp_path / "whole.CSV", tmp_path / "altered.CSV"
    whole.write_bytes(b"".join(lines))
    lines[row] = lines[row].replace(real.encode(), invented.encode())
    altered.write_bytes(b"".join(lines))
    found = {}
    for path in (whole, altered):
        files = [source_file("nchs_usaleep", each, "2010-2015") for each in (path, export)]
        with_tables = load("nchs_usaleep", [*files, *_life_tables()])
        found[path.name] = _broken(with_tables, "sources.usaleep_export", "agrees_with_file_a")
    assert found == {"whole.CSV": 0, "altered.CSV": 1}


def _life_tables() -> list:
    """Any table of file B: the source's other table needs one."""
    return [file for file in slices_of("nchs_usaleep") if file.name.startswith("NJ_B")]


def test_a_copy_whose_rows_have_slipped_disagrees_with_the_edition_after_it(
    mirror: Path, tmp_path: Path
) -> None:
    copy = pl.read_csv(_content(mirror, "chr_measures", "chr_2018_rawvalues_subset.csv"), infer_schema=False)
    values = [name for name in copy.columns if name.endswith("_rawvalue")]
    slipped = copy.with_columns(
        pl.concat([copy[:SLIPPED_FROM][name], copy[SLIPPED_FROM + 1 :][name], copy[:1][name]]).alias(name)
        for name in values
    )
    assert slipped.select((slipped[name] != copy[name]).sum() for name in values[:1]).item() > 2_900
    after = tmp_path / "2019.csv"
    after.write_bytes(_content(mirror, "chr_measures", "chr_2019_rawvalues.csv"))
    found = {}
    for name, rows in (("as published", copy), ("slipped", slipped)):
        path = tmp_path / f"{name}.csv"
        rows.write_csv(path)
        files = [
            source_file("chr_measures", path, "2018-reshaped", "chr_2018_rawvalues_subset.csv"),
            source_file("chr_measures", after, "2019-reshaped", "chr_2019_rawvalues.csv"),
        ]
        found[name] = _broken(
            load("chr_measures", files), "sources.chr_measure", "neighboring_editions_agree"
        )
    assert found == {"as published": 0, "slipped": 1}
