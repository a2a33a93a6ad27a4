#!/usr/bin/env bash
# A view in a DuckDB file forgets whether its WITH was declared MATERIALIZED or NOT MATERIALIZED.
#
# Seen with duckdb 1.5.5 for Python. The connection that makes the view reads its text with the words; whoever opens
# the file reads it without them, and DuckDB decides by itself whether all of the WITH is computed. The rows are the
# same, the work may not be, and what was measured while the view was made says nothing of the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/ask.py" <<'PY'
import pathlib
import sys

import duckdb

path = str(pathlib.Path(sys.argv[1]) / "made.db")
VIEWS = {"one": "NOT MATERIALIZED", "other": "MATERIALIZED"}


def told(when: str, connection: duckdb.DuckDBPyConnection) -> None:
    for name in VIEWS:
        (text,) = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = ?", [name]).fetchone()
        words = text.split(" WITH a AS ")[1].split("(")[0].strip() or "nothing"
        print(f"duckdb {duckdb.__version__}, {when}: declared {VIEWS[name]}, says {words}")


with duckdb.connect(path) as made:
    made.execute("CREATE TABLE died AS SELECT range AS place, range % 7 AS deaths FROM range(1000)")
    for name, words in VIEWS.items():
        made.execute(
            f"CREATE VIEW {name} AS WITH a AS {words} (SELECT place, sum(deaths) AS deaths FROM died GROUP BY place) "
            "SELECT * FROM a UNION ALL SELECT * FROM a"
        )
    told("as made", made)
with duckdb.connect(path, read_only=True) as opened:
    told("opened again", opened)
PY
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5
"$folder/venv/bin/python" "$folder/ask.py" "$folder" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
duckdb 1.5.5, as made: declared NOT MATERIALIZED, says NOT MATERIALIZED
duckdb 1.5.5, as made: declared MATERIALIZED, says MATERIALIZED
duckdb 1.5.5, opened again: declared NOT MATERIALIZED, says nothing
duckdb 1.5.5, opened again: declared MATERIALIZED, says nothing
SEEN
