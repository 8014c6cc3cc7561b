"""What scikit-learn's linear models say of planted rows, with the mean for missing values and a column that tells of them.

python linear_reference.py > ../resources/reference/linear.json   (scikit-learn 1.5.2)

Features are divided by their sample deviation (of n - 1), as MLlib does. C of scikit-learn is 1 / (rows x regularization); the
squares' part of a linear regression is divided by the label's deviation, as glmnet and MLlib have it.
"""
import json

import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.svm import SVC

rng = np.random.default_rng(11)
n = 400
rows = np.round(rng.normal(size=(n, 4)) * [1, 5, 0.1, 2] + [0, 3, 1, 0], 4)
rows[rng.random(n) < 0.2, 1] = np.nan
pull = rows[:, 0] + 0.2 * np.nan_to_num(rows[:, 1], nan=-4) + 4 * rows[:, 2] - 4
binary = (rng.random(n) < 1 / (1 + np.exp(-pull))).astype(int)
classes = np.digitize(pull + rng.logistic(size=n), [-0.7, 0.9])
number = np.round(3 * pull + rng.normal(size=n), 4)

missing = np.isnan(rows[:, [1]])
filled = np.where(np.isnan(rows), np.nanmean(rows, axis=0), rows)
x = np.hstack([filled, missing])
x = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


def logistic(label, regularization, net):
    model = LogisticRegression(
        penalty="elasticnet", solver="saga", C=1 / (n * regularization), l1_ratio=net, tol=1e-9, max_iter=100_000)
    return model.fit(x, label).predict_proba(x)


def linear(regularization, net):
    l1 = regularization * net
    l2 = regularization * (1 - net) / number.std(ddof=1)
    if l1 == 0:
        return Ridge(alpha=n * l2).fit(x, number).predict(x)
    model = ElasticNet(alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), tol=1e-12, max_iter=100_000)
    return model.fit(x, number).predict(x)


cases = [(0.01, 0.0), (0.05, 0.7)]
svm = SVC(kernel="linear", C=1 / (n * 0.05), tol=1e-8).fit(x, binary)
print(json.dumps({
    "rows": [[None if np.isnan(v) else v for v in row] for row in rows.tolist()],
    "binary": binary.tolist(),
    "classes": classes.tolist(),
    "number": number.tolist(),
    "cases": [
        {
            "regularization": regularization,
            "net": net,
            "binary": np.round(logistic(binary, regularization, net)[:, 1], 8).tolist(),
            "classes": np.round(logistic(classes, regularization, net), 8).tolist(),
            "number": np.round(linear(regularization, net), 8).tolist(),
        }
        for regularization, net in cases
    ],
    "svm": {"regularization": 0.05, "margins": np.round(svm.decision_function(x), 8).tolist()},
}))
