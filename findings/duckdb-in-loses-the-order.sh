#!/usr/bin/env bash
# A column with IN and five values or more brings the rows of a COPY out of order; with four they keep it.
#
# Seen with duckdb 1.5.5 for Python, two threads, preserve_insertion_order on as by default: the list becomes a join,
# and a join gives its rows as they come, in another order at every run. Nothing is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "duckdb==1.5.5"
cat > "$folder/copy.py" <<'PY'
import pathlib
import sys

import duckdb

written = pathlib.Path(sys.argv[1]) / "rows.csv"
with duckdb.connect(config={"threads": 2}) as connection:
    connection.execute("CREATE TABLE t AS SELECT range AS row, 'word ' || range % 7 AS word FROM range(2_000_000)")
    for values in ("'a', 'b', 'c', 'd'", "'a', 'b', 'c', 'd', 'e'"):
        connection.execute(f"COPY (SELECT row, word IN ({values}) FROM t) TO '{written}' (HEADER)")
        rows = [int(line.split(",")[0]) for line in written.read_text().splitlines()[1:]]
        print(f"word IN ({values}):", "in order" if rows == sorted(rows) else "out of order")
PY
"$folder/venv/bin/python" "$folder/copy.py" "$folder" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
word IN ('a', 'b', 'c', 'd'): in order
word IN ('a', 'b', 'c', 'd', 'e'): out of order
SEEN
