#!/usr/bin/env python3
"""XGBoost in Python: seconds from the first read of FOLDER/train.parquet to the model, and its AUC on test.parquet.

  gbt.py FOLDER THREADS
"""
import sys
import time

import numpy
import pandas
import xgboost
from sklearn.metrics import roc_auc_score

folder, threads = sys.argv[1], int(sys.argv[2])
begin = time.perf_counter()
train = pandas.read_parquet(folder + "/train.parquet")
label = train.pop("label").to_numpy()
# The faster of the two tables that XGBoost has, and the one that its scikit-learn interface takes.
matrix = xgboost.QuantileDMatrix(train.to_numpy(numpy.float32), label, nthread=threads)
parameters = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 6, "eta": 0.1, "nthread": threads, "seed": 1}
booster = xgboost.train(parameters, matrix, 100)
seconds = time.perf_counter() - begin
test = pandas.read_parquet(folder + "/test.parquet")
truth = test.pop("label").to_numpy()
said = booster.predict(xgboost.DMatrix(test.to_numpy(numpy.float32), nthread=threads))
print("%.3f %.5f" % (seconds, roc_auc_score(truth, said)))
