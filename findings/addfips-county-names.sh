#!/usr/bin/env bash
# addfips finds no code for counties by names that public files print.
#
# Seen with addfips 0.4.2. La Salle, De Kalb and Dewitt in Illinois in the spellings that public files use, St Louis without a
# point, and the planning regions of Connecticut (the counties of the state since 2022) give None, without a warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "setuptools<81" addfips==0.4.2
"$folder/venv/bin/python" -W ignore - > "$folder/seen" <<'PY'
from addfips import AddFIPS

codes = AddFIPS()
for county, state in (
    ("Cook County", "Illinois"), ("LaSalle County", "Illinois"), ("La Salle County", "Illinois"),
    ("DeKalb County", "Illinois"), ("De Kalb County", "Illinois"), ("De Witt County", "Illinois"),
    ("Dewitt County", "Illinois"), ("St. Louis city", "Missouri"), ("St Louis city", "Missouri"),
    ("Capitol Planning Region", "Connecticut"), ("Hartford County", "Connecticut"),
    ("Oglala Lakota County", "South Dakota"), ("Shannon County", "South Dakota"),
):
    print(f"{county}, {state}: {codes.get_county_fips(county, state=state)}")
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
Cook County, Illinois: 17031
LaSalle County, Illinois: 17099
La Salle County, Illinois: None
DeKalb County, Illinois: 17037
De Kalb County, Illinois: None
De Witt County, Illinois: 17039
Dewitt County, Illinois: None
St. Louis city, Missouri: 29510
St Louis city, Missouri: None
Capitol Planning Region, Connecticut: None
Hartford County, Connecticut: 09003
Oglala Lakota County, South Dakota: 46102
Shannon County, South Dakota: 46102
SEEN
