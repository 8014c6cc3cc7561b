#!/usr/bin/env python3
"""scikit-learn's random forest: seconds of the fit and AUC on FOLDER/test.parquet, with as many trees of the same depth as ours.

  forest.py FOLDER THREADS
"""
import sys
import time

import numpy
import pandas
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

folder, threads = sys.argv[1], int(sys.argv[2])
train, test = (pandas.read_parquet(f"{folder}/{part}.parquet") for part in ("train", "test"))
label, truth = train.pop("label").to_numpy(), test.pop("label").to_numpy()
rows, asked = train.to_numpy(numpy.float32), test.to_numpy(numpy.float32)
begin = time.perf_counter()
forest = RandomForestClassifier(n_estimators=200, max_depth=12, min_samples_leaf=2, n_jobs=threads, random_state=1).fit(rows, label)
seconds = time.perf_counter() - begin
print("%.3f %.5f" % (seconds, roc_auc_score(truth, forest.predict_proba(asked)[:, 1])))
