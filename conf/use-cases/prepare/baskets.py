#!/usr/bin/env python3
"""Makes a row of each item of a basket: baskets.py WIDE.csv.gz OUT.csv

The source has a column an item and a row a basket; "t" says that the basket holds it. The column total, whose values are low and
high, is no item.
"""
import csv
import gzip
import pathlib
import sys


def main(source, target):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(source, "rt", newline="") as file, open(target, "w", newline="") as out:
        rows = csv.reader(file)
        items = next(rows)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["basket", "item"])
        for number, row in enumerate(rows, 1):
            writer.writerows((number, item) for item, held in zip(items, row) if held == "t")


main(*sys.argv[1:])
