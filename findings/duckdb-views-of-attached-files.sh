#!/usr/bin/env bash
# A view answers from another file than its own, where two files with the same tables are attached.
#
# Seen with duckdb 1.0.0, 1.1.3, 1.2.0 and 1.5.5 for Python. Before 1.2 the tables that a view names are looked up
# when the view is asked, by the current database of the asker, whatever file the view stands in; from 1.2 on in the
# view's own file. A table macro is still looked up the old way, in every version tried. Nothing is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/ask.py" <<'PY'
import pathlib
import sys

import duckdb

here = pathlib.Path(sys.argv[1])
for name, value in (("new", 16.2), ("old", 15.0)):
    with duckdb.connect(str(here / f"{duckdb.__version__}-{name}.db")) as file:
        file.execute("CREATE SCHEMA published; CREATE TABLE published.gap (years DOUBLE)")
        file.execute("INSERT INTO published.gap VALUES (?)", [value])
        file.execute("CREATE VIEW published.latest AS SELECT years FROM published.gap")
        file.execute("CREATE MACRO published.asked() AS TABLE SELECT years FROM published.gap")
both = duckdb.connect()
for name in ("new", "old"):
    both.execute(f"ATTACH '{here / f'{duckdb.__version__}-{name}.db'}' AS {name} (READ_ONLY)")
both.execute("USE new")
view = both.execute("SELECT years FROM old.published.latest").fetchone()[0]
macro = both.execute("SELECT years FROM old.published.asked()").fetchone()[0]
print(f"duckdb {duckdb.__version__}: the view of the old file says {view}, its macro {macro}; the file holds 15.0")
PY
for version in 1.0.0 1.1.3 1.2.0 1.5.5; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
    "$folder/$version/bin/python" "$folder/ask.py" "$folder"
done | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
duckdb 1.0.0: the view of the old file says 16.2, its macro 16.2; the file holds 15.0
duckdb 1.1.3: the view of the old file says 16.2, its macro 16.2; the file holds 15.0
duckdb 1.2.0: the view of the old file says 15.0, its macro 16.2; the file holds 15.0
duckdb 1.5.5: the view of the old file says 15.0, its macro 16.2; the file holds 15.0
SEEN
