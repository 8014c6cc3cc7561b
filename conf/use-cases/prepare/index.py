#!/usr/bin/env python3
"""Takes the day and the closing value out of a table of an index: index.py INDEX.csv OUT.csv

The source has the columns date and close, among others.
"""
import csv
import pathlib
import sys


def main(source, target):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with open(source, newline="") as file, open(target, "w") as out:
        out.write("day,close\n")
        for row in csv.DictReader(file):
            out.write("%s,%s\n" % (row["date"], row["close"]))


main(*sys.argv[1:])
