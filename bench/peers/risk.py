#!/usr/bin/env python3
"""The peers of risk-quality: scikit-learn's gradient boosting and random forest, on the same rows as ours.

  risk.py sets                          each set with how many seeds its splits have
  risk.py split SET DATA OUT SEED       writes OUT/train.csv and test.csv (three quarters and a quarter, by class) and the contract
                                        OUT/SET.v1.odcs.yaml
  risk.py measure SET OUT               ROC AUC of HistGradientBoostingClassifier and RandomForestClassifier on test.csv
                                        (several classes: the mean over the classes, each against the rest)
  risk.py auc SET OUT SCORES            the same of what risk.score published of test.csv, and the expected calibration error

DATA is a folder with credit/, fraud/, health/ and images/; what stands in them is told in SETS.
"""
import pathlib
import sys

import numpy
import pandas
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

# file, label, positive class (None: several classes), columns that are no features, number of splits
SETS = {
    "credit": ("credit/credit_data.csv", "Status", "bad", [], 4),
    "german": ("credit/german_credit_weka.csv", "class", "bad", [], 8),
    "policies": ("fraud/ticdata_caravan_insurance.csv.gz", "CARAVAN", "insurance", [], 4),
    "unbalanced": ("fraud/weka_unbalanced.csv", "Outcome", "Active", [], 8),
    "pima": ("health/pima.csv", "diabetes", "pos", [], 8),
    "wisconsin": ("health/wisconsin_breast_cancer.csv", "Class", "malignant", ["Id"], 8),
    # Death within the study; how long somebody was watched would tell it.
    "pbc": ("health/pbc.csv", "status", "2", ["id", "time"], 8),
    "segment": ("images/segment_challenge.csv", "class", None, [], 4),
}


def split(name, data, out, seed):
    path, label, positive, excluded, _ = SETS[name]
    rows = pandas.read_csv(pathlib.Path(data) / path, dtype={label: str}, na_values=["NA", "?"]).drop(columns=excluded)
    # Names of contract columns are plain: others can be mapped in a use case.
    rows.columns = [column.replace(".", "_").replace("-", "_") for column in rows.columns]
    if positive is not None:
        rows[label] = numpy.where(rows[label] == positive, "yes", "no")
    rows.insert(0, "row_id", numpy.arange(len(rows)))
    train, test = train_test_split(rows, test_size=0.25, random_state=seed, stratify=rows[label])
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    train.sort_values("row_id").to_csv(out / "train.csv", index=False)
    test.sort_values("row_id").to_csv(out / "test.csv", index=False)
    (out / (name + ".v1.odcs.yaml")).write_text(contract(name, rows, label))


def contract(name, rows, label):
    """An Open Data Contract with the types that the columns have."""
    lines = ["kind: DataContract", "apiVersion: v3.1.0", "id: bench-" + name, "name: " + name, "version: 1.0.0", "status: active",
             "schema:", "  - name: " + name, "    logicalType: object", "    physicalType: table", "    properties:"]
    for column in rows.columns:
        kind = "string" if column == label or rows[column].dtype == object else "number"
        lines += ["      - name: " + column, "        logicalType: " + ("integer" if column == "row_id" else kind)]
        if column == "row_id":
            lines += ["        required: true", "        primaryKey: true", "        primaryKeyPosition: 1"]
        elif column == label:
            lines += ["        required: true"]
    return "\n".join(lines) + "\n"


def measure(name, out):
    label, positive = SETS[name][1].replace(".", "_"), SETS[name][2]
    train, test = (pandas.read_csv(pathlib.Path(out) / (part + ".csv"), dtype={label: str}) for part in ("train", "test"))
    # Columns are of the kind that the whole table says.
    texts = [c for c in train.columns if c != label and (train[c].dtype == object or test[c].dtype == object)]
    x_train, y_train = train.drop(columns=["row_id", label]), train[label]
    x_test, y_test = test.drop(columns=["row_id", label]), test[label]
    for column in texts:
        levels = sorted(x_train[column].dropna().astype(str).unique())
        for x in (x_train, x_test):
            x[column] = pandas.Categorical(x[column], categories=levels)
    boosting = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=1)
    categories = make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore"))
    forest = make_pipeline(
        make_column_transformer(
            (categories, make_column_selector(dtype_exclude="number")),
            (SimpleImputer(strategy="median", add_indicator=True), make_column_selector(dtype_include="number"))),
        RandomForestClassifier(n_estimators=500, random_state=1, n_jobs=2))
    for model in (boosting, forest):
        plain = model is forest
        fitted = model.fit(objects(x_train, texts) if plain else x_train, y_train)
        said = fitted.predict_proba(objects(x_test, texts) if plain else x_test)
        if positive is None:
            auc = roc_auc_score(y_test, said, multi_class="ovr", average="macro", labels=fitted.classes_)
        else:
            auc = roc_auc_score(y_test == "yes", said[:, list(fitted.classes_).index("yes")])
        print("%.5f" % auc, end=" " if model is boosting else "\n")


def told(name, out, scores):
    """ROC AUC of published scores; of a binary task the calibration error in ten bins too."""
    label, positive = SETS[name][1].replace(".", "_"), SETS[name][2]
    test = pandas.read_csv(pathlib.Path(out) / "test.csv", dtype={label: str}).set_index("row_id")
    rows = pandas.read_parquet(scores).set_index("row_id").loc[test.index]
    if positive is None:
        said = numpy.vstack(rows["probabilities"].to_numpy())
        classes = sorted(test[label].unique())
        print("%.5f nan" % roc_auc_score(test[label], said, multi_class="ovr", average="macro", labels=classes))
        return
    truth, said = (test[label] == "yes").to_numpy(), rows["probability"].to_numpy()
    bins = numpy.minimum(9, (said * 10).astype(int))
    error = sum(abs(said[bins == b].sum() - truth[bins == b].sum()) for b in range(10)) / len(said)
    print("%.5f %.5f" % (roc_auc_score(truth, said), error))


def objects(x, columns):
    return x.assign(**{column: x[column].astype(object) for column in columns})


if __name__ == "__main__":
    if sys.argv[1] == "sets":
        for name, definition in SETS.items():
            print(name, definition[4])
    elif sys.argv[1] == "split":
        split(*sys.argv[2:5], int(sys.argv[5]))
    elif sys.argv[1] == "label":
        print(SETS[sys.argv[2]][1].replace(".", "_"), "yes" if SETS[sys.argv[2]][2] else "null")
    elif sys.argv[1] == "auc":
        told(*sys.argv[2:5])
    else:
        measure(*sys.argv[2:4])
