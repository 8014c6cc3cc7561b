"""Makes mint.csv: forecasts of a tree reconciled by MinT with a shrunk covariance, as hierarchicalforecast says.

mint_reference.py FOLDER, with Python and hierarchicalforecast 1.5.3. The tree is all = a + b, a = a1 + a2 + a3, b = b1 + b2; the
errors of each series have a mean of 0, since hierarchicalforecast takes means off, and refuses errors that sum to 0.
"""

import csv
import os
import sys

import numpy as np
from hierarchicalforecast.methods import MinTrace

SUMS = np.array(
    [
        [1, 1, 1, 1, 1],
        [1, 1, 1, 0, 0],
        [0, 0, 0, 1, 1],
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1],
    ],
    dtype=float,
)
NAMES = ["all", "a", "b", "a1", "a2", "a3", "b1", "b2"]

random = np.random.default_rng(7)
with open(os.path.join(sys.argv[1], "mint.csv"), "w", newline="") as file:
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["case", "node", "base", "coherent", "errors"])
    for case, times in (("many", 60), ("few", 6)):
        together = random.normal(size=times)
        leaves = random.normal(size=(5, times)) * np.array([[1], [3], [2], [5], [1]]) + 2 * together
        errors = SUMS @ leaves + random.normal(size=(8, times))
        errors -= errors.mean(axis=1, keepdims=True)
        base = SUMS @ random.uniform(10, 50, size=(5, 1)) + random.normal(size=(8, 1)) * 4
        said = MinTrace(method="mint_shrink", mint_shr_ridge=1e-12).fit_predict(
            S=SUMS, y_hat=base, y_insample=errors, y_hat_insample=np.ones_like(errors)
        )
        coherent = said["mean"] if isinstance(said, dict) else said
        for node, name in enumerate(NAMES):
            rows.writerow(
                [case, name, repr(float(base[node, 0])), repr(float(np.ravel(coherent)[node])), " ".join(repr(float(e)) for e in errors[node])]
            )
