#!/usr/bin/env bash
# The expectation and variance of a local Moran statistic are not those of the statistic beside them.
#
# Seen with esda 2.9.0, libpysal 4.14.1. Moran_Local computes Is with n - 1 and its conditional moments EIc, VIc with n:
# over 10 areas EIc is 10/9 and VIc (10/9) squared times what enumerating every permutation of the other nine gives.
# A z-score made of Is, EIc and VIc is off accordingly; with few areas it can change a verdict.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check esda==2.9.0 libpysal==4.14.1 2>/dev/null
"$folder/venv/bin/python" -W ignore - > "$folder/seen" <<'PY'
from itertools import permutations

import numpy as np
from esda import Moran_Local
from libpysal.weights import lat2W

weights = lat2W(2, 5)
weights.transform = "r"
values = np.array([68.8, 70.1, 71.4, 85.0, 79.9, 74.2, 73.3, 80.5, 77.7, 69.6])
found = Moran_Local(values, weights, permutations=9, seed=1)
z, n = values - values.mean(), len(values)
area = 0
others = np.delete(z, area)
share = dict(zip(weights.neighbors[area], weights.weights[area]))
# The statistic depends only on which values stand at the neighbors.
lags = [sum(w * each for w, each in zip(share.values(), drawn)) for drawn in permutations(others, len(share))]
every = (n - 1) * z[area] * np.array(lags) / (z**2).sum()
print(f"statistic by hand over esda's: {(n - 1) * z[area] * sum(w * z[j] for j, w in share.items()) / (z**2).sum() / found.Is[area]:.6f}")
print(f"esda's expectation over that of all permutations: {found.EIc[area] / every.mean():.6f} (10/9 = {10 / 9:.6f})")
print(f"esda's variance over that of all permutations: {found.VIc[area] / every.var():.6f} ((10/9)^2 = {(10 / 9) ** 2:.6f})")
PY
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
statistic by hand over esda's: 1.000000
esda's expectation over that of all permutations: 1.111111 (10/9 = 1.111111)
esda's variance over that of all permutations: 1.234568 ((10/9)^2 = 1.234568)
SEEN
