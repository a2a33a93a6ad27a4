#!/usr/bin/env bash
# A rate made of a sum of counts is 0, on the way from DuckDB to Polars.
#
# Seen with duckdb 1.5.5, polars 2.1.0, pyarrow 26.0.1. sum() of a BIGINT is a HUGEINT, which arrives in Polars as
# Decimal(38, 0): a division of two such columns keeps no decimals, so 3 deaths among 8 people are a rate of 0.
# The same sum cast to DOUBLE, or a count(*), is a number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.5 polars==2.1.0 pyarrow==26.0.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
import duckdb
import polars as pl

area = "FROM (VALUES (1::BIGINT, 5::BIGINT), (2, 3)) AS area (deaths, people)"
for cast in ("", "::DOUBLE"):
    sums = duckdb.sql(f"SELECT sum(deaths){cast} AS deaths, sum(people){cast} AS people {area}").pl()
    rate = sums.select(pl.col("deaths") / pl.col("people")).item()
    print(f"sum{cast} is {sums.schema['deaths']}; 3 / 8 = {rate}")
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
sum is Decimal(precision=38, scale=0); 3 / 8 = 0
sum::DOUBLE is Float64; 3 / 8 = 0.375
SEEN
