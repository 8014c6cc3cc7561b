#!/usr/bin/env python3
"""Cuts the first reviews of a CSV file with the columns product, review and score: cut.py REVIEWS.csv[.gz] NAME COUNT

Writes NAME.csv.gz beside this script: id (the place in the file from 1), review, score. Line ends inside reviews become spaces,
so that a row is a line. The files here are made by
    cut.py finefoods_train.csv.gz train 1200
    cut.py finefoods_test.csv test 400
"""
import csv
import gzip
import io
import pathlib
import sys


def main(source, name, count):
    opened = gzip.open(source, "rt", encoding="utf-8", newline="") if source.endswith(".gz") else open(
        source, encoding="utf-8", newline="")
    text = io.StringIO()
    out = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    out.writerow(["id", "review", "score"])
    with opened as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            if number > int(count):
                break
            out.writerow([number, " ".join(row["review"].split()), row["score"]])
    path = pathlib.Path(__file__).parent / (name + ".csv.gz")
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


main(*sys.argv[1:])
