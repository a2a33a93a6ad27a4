#!/usr/bin/env bash
# A missing number of a Parquet file passes "required" and breaks "minimum".
#
# Seen with frictionless 5.21.0, pandas 3.1.1 and pyarrow 26.0.1: a missing value reaches the checks as a number that
# is none. (Where a table has a single column of numbers, it does not.) The same rows as CSV are judged rightly. The
# extra for Parquet brings no pandas, without which the file is not opened at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    "frictionless[parquet]==5.21.0" "pandas==3.1.1" "pyarrow==26.0.1"
cat > "$folder/validate.py" <<'PY'
import os
import sys

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from frictionless import Resource, Schema

os.chdir(sys.argv[1])
table = pa.table({"place": ["a", "b"], "people": [10.0, 20.0], "deaths": [3.0, None]})
pyarrow.parquet.write_table(table, "rows.parquet")
pyarrow.csv.write_csv(table, "rows.csv")
for constraint in ({"required": True}, {"minimum": 0}):
    fields = [
        {"name": "place", "type": "string"},
        {"name": "people", "type": "number"},
        {"name": "deaths", "type": "number", "constraints": constraint},
    ]
    for path in ("rows.csv", "rows.parquet"):
        report = Resource(path=path, schema=Schema.from_descriptor({"fields": fields})).validate()
        errors = sorted({error.type for task in report.tasks for error in task.errors})
        print(constraint, path, errors or "valid")
PY
"$folder/venv/bin/python" "$folder/validate.py" "$folder" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
{'required': True} rows.csv ['constraint-error']
{'required': True} rows.parquet valid
{'minimum': 0} rows.csv valid
{'minimum': 0} rows.parquet ['constraint-error']
SEEN
