"""What a file is: told by header and content, and refused with what was found and expected."""

import gzip
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.errors import DataError
from lifegap.landing.recognise import read_content, recognise

FILE_A = b'"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))","Abridged life table flag"\r\n'
ROW = b"17031260100,17,031,260100,70.1,1.2,1\r\n"


@pytest.fixture
def layouts(catalog: Catalog):
    return catalog.cards["nchs_usaleep"].layout


def test_the_three_layouts_of_one_dataset_are_told_apart(catalog: Catalog, layouts) -> None:
    assert recognise(FILE_A + ROW, layouts, "x").id == "file_a"
    export = (
        b"State,County,Census Tract Number,Life Expectancy,Life Expectancy Range,"
        b"Life Expectancy Standard Error\nAlabama,Autauga County,0201.00,73.1,56.3 - 75.0,2.2\n"
    )
    assert recognise(export, layouts, "x").id == "portal_export"


def test_a_byte_order_mark_does_not_matter(layouts) -> None:
    assert recognise(b"\xef\xbb\xbf" + FILE_A + ROW, layouts, "x").id == "file_a"


def test_survey_layouts_are_told_by_their_second_header_row(catalog: Catalog) -> None:
    layouts = catalog.cards["census_acs5"].layout
    codes = b'"GEO_ID","NAME","B01003_001E","B01003_001M"\n'
    assert recognise(codes + b'"Geography","Name","E","M"\n', layouts, "x").id == "data_csv"
    assert recognise(codes + b'"id","Name","E","M"\n', layouts, "x").id == "data_with_overlays"
    ann = b"GEO.id,GEO.id2,GEO.display-label,HD01_VD01,HD02_VD01\nId,Id2,Geography,E,M\n"
    assert recognise(ann, layouts, "x").id == "with_ann"


def _refusal(content: bytes, layouts) -> DataError:
    with pytest.raises(DataError) as refused:
        recognise(content, layouts, "nchs_usaleep/US_A.CSV")
    assert "nchs_usaleep/US_A.CSV" in str(refused.value)
    return refused.value


def test_a_web_page_is_refused_as_one(layouts) -> None:
    refusal = _refusal(b"<!DOCTYPE html>\n<html><body>Not found</body></html>", layouts)
    assert refusal.code == "SOURCE-HTML"
    assert "<!DOCTYPE html>" in str(refusal)


def test_a_renamed_column_is_named_with_what_is_missing(layouts) -> None:
    refusal = _refusal(FILE_A.replace(b"e(0)", b"e0", 1) + ROW, layouts)
    assert refusal.code == "SOURCE-HEADER"
    assert "missing against file_a: e(0)" in str(refusal)
    assert "not in file_a: e0" in str(refusal)


def test_a_dropped_column_is_named(layouts) -> None:
    refusal = _refusal(FILE_A.replace(b',"Abridged life table flag"', b"") + ROW, layouts)
    assert "missing against file_a: Abridged life table flag" in str(refusal)


def test_columns_in_another_order_are_refused(layouts) -> None:
    shuffled = FILE_A.replace(b'"e(0)","se(e(0))"', b'"se(e(0))","e(0)"')
    assert "another order" in str(_refusal(shuffled + ROW, layouts))


def test_a_wrong_delimiter_is_refused(layouts) -> None:
    assert _refusal(FILE_A.replace(b",", b";"), layouts).code == "SOURCE-HEADER"


def test_a_geojson_without_its_properties_is_refused(catalog: Catalog) -> None:
    content = b'{"type":"FeatureCollection","features":[{"properties":{"area":1}}]}'
    with pytest.raises(DataError, match="properties missing"):
        recognise(content, catalog.cards["philadelphia_portal"].layout, "x")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.csv", b""), ("b.csv.gz", b""), ("c.csv.gz", gzip.compress(b" \n"))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as refused:
            read_content(tmp_path / name, name)
        assert refused.value.code == "SOURCE-EMPTY"


def test_a_file_cut_short_in_its_wrapping_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(FILE_A + ROW * 1000)
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError) as refused:
        read_content(tmp_path / "cut.csv.gz", "cut")
    assert refused.value.code == "SOURCE-TRUNCATED"


def test_a_file_that_is_no_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "not.csv.gz").write_bytes(b"<html>")
    with pytest.raises(DataError) as refused:
        read_content(tmp_path / "not.csv.gz", "not")
    assert refused.value.code == "SOURCE-TRUNCATED"
