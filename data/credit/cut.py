#!/usr/bin/env python3
"""Makes loans.csv.gz beside this script of R modeldata's credit_data as a CSV file: cut.py credit_data.csv

Adds an id (the place in the file from 1), writes the names of columns small and NA as nothing. All 4,454 rows are kept.
"""
import csv
import gzip
import io
import pathlib
import sys


def main(source):
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    with open(source, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        out.writerow(["id"] + [name.lower() for name in next(rows)])
        for number, row in enumerate(rows, 1):
            out.writerow([number] + ["" if value == "NA" else value for value in row])
    path = pathlib.Path(__file__).parent / "loans.csv.gz"
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


main(*sys.argv[1:])
