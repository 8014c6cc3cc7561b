#!/usr/bin/env python3
"""Gives the rows of a CSV file an id, their place from 1, and leaves fields empty that hold the mark of a missing value:
number_rows.py SOURCE.csv[.gz] OUT.csv [MISSING]

MISSING is NA where it is not given, as R writes it.
"""
import csv
import gzip
import pathlib
import sys


def main(source, target, missing="NA"):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    opened = gzip.open if source.endswith(".gz") else open
    with opened(source, "rt", encoding="utf-8", newline="") as file, open(target, "w", encoding="utf-8", newline="") as out:
        rows = csv.reader(file)
        written = csv.writer(out, lineterminator="\n")
        written.writerow(["id"] + next(rows))
        for number, row in enumerate(rows, 1):
            written.writerow([number] + ["" if value == missing else value for value in row])


main(*sys.argv[1:])
