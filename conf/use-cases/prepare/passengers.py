#!/usr/bin/env python3
"""Gives the values of a monthly series their months: passengers.py SERIES.csv OUT.csv

The source has the columns t (years, in decimals) and value.
"""
import csv
import pathlib
import sys


def main(source, target):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with open(source, newline="") as file, open(target, "w") as out:
        out.write("month,passengers\n")
        for row in csv.DictReader(file):
            year, month = divmod(round(float(row["t"]) * 12), 12)
            out.write("%04d-%02d-01,%s\n" % (year, month + 1, row["value"]))


main(*sys.argv[1:])
