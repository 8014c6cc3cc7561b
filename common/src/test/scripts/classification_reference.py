"""Makes classification-reference.json: scores of three classes, and scikit-learn's metrics of them.

usage: pip install scikit-learn==1.9.1 && python3 classification_reference.py > ../resources/classification-reference.json
"""

import json

import numpy as np
from sklearn.metrics import (accuracy_score, confusion_matrix, f1_score, log_loss, precision_score, recall_score,
                             roc_auc_score)

rng = np.random.default_rng(7)
truth = rng.choice(3, size=400, p=[0.6, 0.3, 0.1])
logits = rng.normal(size=(400, 3)) + 1.5 * np.eye(3)[truth]
scores = (np.exp(logits) / np.exp(logits).sum(1, keepdims=True)).astype(np.float32)
predicted = scores.argmax(1)
sure = scores.max(1)
wide = scores.astype(float)
wide /= wide.sum(1, keepdims=True)
bins = np.minimum(9, (sure * 10).astype(int))
ece = sum(abs((sure[bins == b].astype(float) - (predicted == truth)[bins == b]).sum()) for b in range(10)) / 400
print(json.dumps({
    "truth": truth.tolist(),
    "scores": [[float(s) for s in row] for row in scores],
    "confusion": confusion_matrix(truth, predicted).tolist(),
    "metrics": {
        "accuracy": accuracy_score(truth, predicted),
        "precision": precision_score(truth, predicted, average="macro"),
        "recall": recall_score(truth, predicted, average="macro"),
        "f1": f1_score(truth, predicted, average="macro"),
        "roc-auc": roc_auc_score(truth, wide, multi_class="ovr"),
        "log-loss": log_loss(truth, wide),
        "brier": float(((wide - np.eye(3)[truth]) ** 2).sum(1).mean()),
        "ece": float(ece),
    },
}))
