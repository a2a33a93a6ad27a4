"""What bytes are, in words: for messages about files that fit no layout, which never print raw bytes."""

import io
import zipfile

SIGNATURES = {
    b"\x1f\x8b": "a gzip file inside its wrapping",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"BZh": "a bzip2 file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\xfd7zXZ": "an xz file",
    b"SQLite format 3": "a SQLite database",
    b"\xff\xfe": "text in UTF-16, not in UTF-8",
    b"\xfe\xff": "text in UTF-16, not in UTF-8",
}
ZIP = b"PK\x03\x04"
KEPT = 200
MOST_MEMBERS = 5


def described(content: bytes) -> str:
    """What a file is: an archive with its members, a workbook with its sheets, or how its text begins."""
    if content.startswith(ZIP):
        return _packed(content)
    for signature, words in SIGNATURES.items():
        if content.startswith(signature):
            return words
    start = content[:KEPT]
    if b"\x00" in start:
        return f"{len(content):,} bytes that are no text"
    line = start.lstrip().split(b"\n", 1)[0].strip().decode("utf-8", "replace")
    if not line.isprintable():
        line = "".join(letter if letter.isprintable() else " " for letter in line)
    return f"a file that begins {line!r}"


def _packed(content: bytes) -> str:
    """A zip by what is in it. Raises zipfile.BadZipFile where it is cut short."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.namelist()
    if any(name.startswith("xl/") for name in members):
        return f"an Excel workbook with {_several('sheet', _sheets(content))}"
    return f"a zip with {_several('file', members)}"


def _sheets(content: bytes) -> list[str]:
    import fastexcel

    try:
        return fastexcel.read_excel(content).sheet_names
    except fastexcel.FastExcelError:
        return []


def _several(what: str, names: list[str]) -> str:
    shown = ", ".join(names[:MOST_MEMBERS]) + (" …" if len(names) > MOST_MEMBERS else "")
    return f"{len(names)} {what}{'s' * (len(names) != 1)}" + (f": {shown}" if names else "")
