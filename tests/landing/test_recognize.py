"""What a file is: told by header and content, and refused with what was found and expected."""

import gzip
import io
import itertools
import zipfile
from pathlib import Path

import pytest

from lifegap.catalog.cards import Layout
from lifegap.catalog.catalog import Catalog
from lifegap.errors import DataError
from lifegap.landing.recognize import read_content, recognize

FILE_A = b'"Tract ID","STATE2KX","CNTY2KX","TRACT2KX","e(0)","se(e(0))","Abridged life table flag"\r\n'
ROW = b"17031260100,17,031,260100,70.1,1.2,1\r\n"


@pytest.fixture
def layouts(catalog: Catalog):
    return catalog.cards["nchs_usaleep"].layout


def test_the_three_layouts_of_one_dataset_are_told_apart(catalog: Catalog, layouts) -> None:
    assert recognize(FILE_A + ROW, layouts, "x").id == "file_a"
    export = (
        b"State,County,Census Tract Number,Life Expectancy,Life Expectancy Range,"
        b"Life Expectancy Standard Error\nAlabama,Autauga County,0201.00,73.1,56.3 - 75.0,2.2\n"
    )
    assert recognize(export, layouts, "x").id == "portal_export"


def test_a_byte_order_mark_does_not_matter(layouts) -> None:
    assert recognize(b"\xef\xbb\xbf" + FILE_A + ROW, layouts, "x").id == "file_a"


def test_survey_layouts_are_told_by_their_second_header_row(catalog: Catalog) -> None:
    layouts = catalog.cards["census_acs5"].layout
    codes = b'"GEO_ID","NAME","B01003_001E","B01003_001M"\n'
    assert recognize(codes + b'"Geography","Name","E","M"\n', layouts, "x").id == "data_csv"
    assert recognize(codes + b'"id","Name","E","M"\n', layouts, "x").id == "data_with_overlays"
    ann = b"GEO.id,GEO.id2,GEO.display-label,HD01_VD01,HD02_VD01\nId,Id2,Geography,E,M\n"
    assert recognize(ann, layouts, "x").id == "with_ann"


def _refusal(content: bytes, layouts) -> DataError:
    with pytest.raises(DataError) as refused:
        recognize(content, layouts, "nchs_usaleep/US_A.CSV")
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


def test_columns_in_another_order_or_letter_case_are_the_same_columns(layouts) -> None:
    shuffled = FILE_A.replace(b'"e(0)","se(e(0))"', b'"SE(E(0))"," E(0)"')
    assert recognize(shuffled + ROW, layouts, "x").id == "file_a"


def test_a_column_that_is_not_known_does_not_stop_a_file(layouts) -> None:
    assert recognize(FILE_A.replace(b"\r\n", b',"note"\r\n') + ROW, layouts, "x").id == "file_a"


def test_a_column_that_is_not_known_stops_a_file_where_it_would_change_what_rows_mean() -> None:
    layout = Layout(id="by_year", format="csv", columns=("Year", "Deaths"), others="refused", about="x")
    assert recognize(b"Deaths,Year\n1,2020\n", (layout,), "x").id == "by_year"
    with pytest.raises(DataError, match="not in by_year: Sex"):
        recognize(b"Sex,Deaths,Year\nF,1,2020\n", (layout,), "x")


def test_a_needed_column_that_stands_twice_is_refused(layouts) -> None:
    twice = FILE_A.replace(b"\r\n", b',"E(0)"\r\n')
    assert "twice in the header: e(0)" in str(_refusal(twice + ROW, layouts))


def test_cells_of_a_header_that_are_empty_or_repeat_never_crash(layouts) -> None:
    refusal = _refusal(b",,Tract ID,x,x\n1,2,3,4,5\n", layouts)
    assert "header: column 1, which has no name, column 2, which has no name, Tract ID" in str(refusal)
    beside = FILE_A.replace(b"\r\n", b",,,note,note\r\n")
    assert recognize(beside + ROW, layouts, "x").id == "file_a"


def test_of_the_layouts_that_fit_the_one_that_knows_most_is_taken() -> None:
    short = Layout(id="short", format="csv", columns=("a", "b"), about="x")
    long = Layout(id="long", format="csv", columns=("a", "b", "c"), optional=("d",), about="x")
    free = Layout(id="free", format="csv", has_columns=("a",), about="x")
    for layouts in itertools.permutations((short, long, free)):
        assert recognize(b"a,b\n", layouts, "x").id == "short"
        assert recognize(b"a,b,c\n", layouts, "x").id == "long"
        assert recognize(b"D,c,b,a,e\n", layouts, "x").id == "long"
        assert recognize(b"a,z\n", layouts, "x").id == "free"
    assert recognize(b"a,b\n", (short, short.model_copy(update={"id": "later"})), "x").id == "short"


def test_objects_of_json_are_recognized_by_their_keys() -> None:
    layout = Layout(id="api", format="json", columns=("Year", "Value"), optional=("Note",), about="x")
    assert recognize(b'[{"value": 1, "year": 2020}, {"year": 2021, "note": "n"}]', (layout,), "x").id == "api"
    with pytest.raises(DataError, match="missing against api: Value"):
        recognize(b'[{"year": 2020}]', (layout,), "x")
    for content in (b"[]", b"[1, 2]", b'{"a": 1}', b"[" * 100_000):
        with pytest.raises(DataError):
            recognize(content, (layout,), "x")


def _workbook(names: list[str]) -> bytes:
    """A workbook of empty sheets, no more than a reader needs."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbered = list(enumerate(names, 1))
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in numbered)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in numbered
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
    } | {
        f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>'
        for at, _ in numbered
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return made.getvalue()


def _zip(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "a,b")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_workbook(["ZIP_COUNTY", "Notes"]), "an Excel workbook with 2 sheets: ZIP_COUNTY, Notes"),
        (_zip("readme.txt", "data.csv"), "a zip with 2 files: readme.txt, data.csv"),
        (b"%PDF-1.7\n\xe2\xe3", "a PDF"),
        (b"PAR1\x15\x04", "a Parquet file"),
        ("a,b\n".encode("utf-16"), "text in UTF-16"),
        (b"\x00\x01\x02" * 100_000, "300,000 bytes that are no text"),
        (b"x" * 300_000, "a file that begins 'xxx"),
        (b"STATE|COUNTY\nIL|Cook\n", "a file that begins 'STATE|COUNTY'"),
    ],
    ids=["workbook", "zip", "pdf", "parquet", "utf-16", "binary", "long line", "delimiter"],
)
def test_what_fits_no_layout_is_named_and_never_printed_as_bytes(layouts, content, words) -> None:
    refusal = str(_refusal(content, layouts))
    assert words in refusal
    assert refusal.replace("\n", " ").isprintable()
    assert len(refusal) < 1_500


def test_a_wrong_delimiter_is_refused(layouts) -> None:
    assert _refusal(FILE_A.replace(b",", b";"), layouts).code == "SOURCE-HEADER"


def test_a_geojson_without_its_properties_is_refused(catalog: Catalog) -> None:
    content = b'{"type":"FeatureCollection","features":[{"properties":{"area":1}}]}'
    with pytest.raises(DataError, match="properties missing"):
        recognize(content, catalog.cards["philadelphia_portal"].layout, "x")


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


def test_of_many_columns_that_no_layout_has_twenty_are_named() -> None:
    layout = Layout(id="by_year", format="csv", columns=("Year",), others="refused", about="x")
    added = [f"a column that the publisher added {number:02}" for number in range(1, 26)]
    with pytest.raises(DataError) as refused:
        recognize(",".join(["Year", *added]).encode() + b"\r\n", (layout,), "x")
    assert "added 20" in str(refused.value)
    assert "added 21" not in str(refused.value)
