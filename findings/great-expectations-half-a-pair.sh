#!/usr/bin/env bash
# A pair of which one side is missing breaks an expectation in pandas and keeps it in SQL.
#
# Seen with great-expectations 1.24.1, pandas 3.1.1, SQLite through SQLAlchemy 2.1.9. Four intervals, two of which lack
# their upper limit: ExpectColumnPairValuesAToBeGreaterThanB counts two of four as unexpected over a data frame and none
# over the same rows in SQL. A suite that moves from one to the other changes its verdict without a change of the data.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check great-expectations==1.24.1 pandas==3.1.1 sqlalchemy==2.1.9
cd "$folder"
"$folder/venv/bin/python" -W ignore - > "$folder/seen" 2> "$folder/noise" <<'PY' || { cat "$folder/noise"; exit 1; }
import os
import sqlite3

os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe

rows = pd.DataFrame({"low": [1.0, 2.0, 3.0, 4.0], "high": [2.0, None, 4.0, None]})
with sqlite3.connect("limits.db") as file:
    rows.to_sql("limits", file, index=False)
context = gx.get_context(mode="ephemeral")
frame = context.data_sources.add_pandas("frame").add_dataframe_asset("limits")
table = context.data_sources.add_sqlite("file", connection_string="sqlite:///limits.db").add_table_asset("limits", table_name="limits")
rule = gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="high", column_B="low", ignore_row_if="neither")
for name, batch in (
    ("pandas", frame.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})),
    ("sqlite", table.add_batch_definition_whole_table("all").get_batch()),
):
    found = batch.validate(rule)
    print(f"{name}: success {found.success}, unexpected {found.result['unexpected_count']} of {found.result['element_count']}")
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
pandas: success False, unexpected 2 of 4
sqlite: success True, unexpected 0 of 4
SEEN
