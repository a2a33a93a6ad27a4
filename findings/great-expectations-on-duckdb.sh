#!/usr/bin/env bash
# Great Expectations validates nothing on DuckDB, through the dialect that SQLAlchemy offers for it.
#
# Seen with great-expectations 1.24.1, duckdb 1.5.5, duckdb-sqlalchemy 1.5.6.5, sqlalchemy 2.1.9. Great Expectations
# reads a result after its connection is closed; most drivers have the rows by then, DuckDB drops those not yet fetched.
# Every metric that runs a query ends in "list index out of range", kept inside the result: success is False, nothing is
# raised. A dialect that fetches all rows when a statement has run mends it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check great-expectations==1.24.1 duckdb==1.5.5 \
    duckdb-sqlalchemy==1.5.6.5 sqlalchemy==2.1.9 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" -W ignore - > "$folder/seen" 2> "$folder/noise" <<'PY' || { cat "$folder/noise"; exit 1; }
import json
import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"
import duckdb
import great_expectations as gx
from great_expectations import expectations as gxe

with duckdb.connect("areas.db") as file:
    file.execute("CREATE TABLE area AS SELECT range AS id, 70.0 + range AS years FROM range(5)")
context = gx.get_context(mode="ephemeral")
source = context.data_sources.add_sql("areas", connection_string="duckdb:///areas.db")
batch = source.add_query_asset("area", query="SELECT * FROM area").add_batch_definition("all").get_batch()
for rule in (
    gxe.ExpectColumnValuesToNotBeNull(column="years"),
    gxe.ExpectColumnValuesToBeBetween(column="years", min_value=60, max_value=90),
    gxe.ExpectTableRowCountToEqual(value=5),
):
    found = batch.validate(rule)
    print(f"{type(rule).__name__}: success {found.success}, 'list index out of range' inside:",
          "list index out of range" in json.dumps(found.to_json_dict()))
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
ExpectColumnValuesToNotBeNull: success False, 'list index out of range' inside: True
ExpectColumnValuesToBeBetween: success False, 'list index out of range' inside: True
ExpectTableRowCountToEqual: success False, 'list index out of range' inside: True
SEEN
