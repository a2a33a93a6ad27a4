#!/usr/bin/env bash
# textstat downloads a dictionary when it is first asked for a grade of English, and installs a package named `tests`.
#
# Seen with textstat 0.7.13 (nltk 3.10.4). Without a network flesch_kincaid_grade of an English sentence raises LookupError, while
# automated_readability_index and sentence_count answer. The wheel puts a package `tests` beside its own: `import tests.anything`
# of a project whose folder of tests is no package ends there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check textstat==0.7.13 nltk==3.10.4
mkdir -p "$folder/project/tests/homes"
echo "WHERE = 'the project'" > "$folder/project/tests/homes/small.py"
cd "$folder/project"
# A proxy that refuses stands for a machine without a network.
env HOME="$folder" http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 \
    "$folder/venv/bin/python" -W ignore - > "$folder/seen" 2> "$folder/said" <<'PY'
import sys

import textstat

sys.path.insert(0, ".")
text = "People who live here die earlier than people who live there."
print("sentences", textstat.sentence_count(text))
print("automated index", round(textstat.automated_readability_index(text), 1))
try:
    print("Flesch-Kincaid", textstat.flesch_kincaid_grade(text))
except LookupError:
    print("Flesch-Kincaid: LookupError")
try:
    import tests.homes.small
except ModuleNotFoundError as wrong:
    print(wrong)
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
sentences 1
automated index 5.5
Flesch-Kincaid: LookupError
No module named 'tests.homes'
SEEN
