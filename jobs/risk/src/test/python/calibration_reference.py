"""What scikit-learn says of planted scores: isotonic regression, Platt's line, curves.

python calibration_reference.py > ../resources/reference/calibration.json   (scikit-learn 1.5.2)
"""
import json

import numpy as np
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn import metrics

rng = np.random.default_rng(7)
n = 600
score = np.round(rng.normal(size=n), 6)
truth = (rng.random(n) < 1 / (1 + np.exp(-(1.7 * score - 0.8)))).astype(int)
told = 1 / (1 + np.exp(-score))

platt = _SigmoidCalibration().fit(score, truth)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(score, truth)
order = np.argsort(score)

threshold = 0.4
fpr, tpr, _ = metrics.roc_curve(truth, told)
accurate, meant = calibration_curve(truth, told, n_bins=10, strategy="uniform")
taken = (told >= threshold).astype(int)
width = np.minimum((told * 10).astype(int), 9)
ece = sum(
    abs(told[width == b].mean() - truth[width == b].mean()) * (width == b).mean()
    for b in range(10)
    if (width == b).any()
)
print(json.dumps({
    "score": score.tolist(),
    "truth": truth.tolist(),
    "platt": {"slope": -float(platt.a_), "intercept": -float(platt.b_)},
    "isotonic": isotonic.predict(score[order]).tolist(),
    "threshold": threshold,
    "metrics": {
        "accuracy": metrics.accuracy_score(truth, taken),
        "precision": metrics.precision_score(truth, taken),
        "recall": metrics.recall_score(truth, taken),
        "f1": metrics.f1_score(truth, taken),
        "roc-auc": metrics.roc_auc_score(truth, told),
        "gini": 2 * metrics.roc_auc_score(truth, told) - 1,
        "average-precision": metrics.average_precision_score(truth, told),
        "ks": float(np.max(tpr - fpr)),
        "log-loss": metrics.log_loss(truth, told),
        "brier": metrics.brier_score_loss(truth, told),
        "ece": float(ece),
    },
    "calibration": {"meant": meant.tolist(), "accurate": accurate.tolist()},
}, indent=1))
