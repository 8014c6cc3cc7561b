#!/usr/bin/env python3
"""Gives the half-hours of a load curve their times: load.py LOAD.csv OUT.csv

The source has the columns t (weeks, from 1) and value; Taylor's series begins on Monday 5 June 2000 at midnight (his 2003 paper).
"""
import csv
import datetime
import pathlib
import sys

BEGIN = datetime.datetime(2000, 6, 5)
HALF_HOUR = datetime.timedelta(minutes=30)


def main(source, target):
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with open(source, newline="") as file, open(target, "w") as out:
        out.write("timestamp,value\n")
        for number, row in enumerate(csv.DictReader(file)):
            out.write("%sZ,%s\n" % ((BEGIN + number * HALF_HOUR).isoformat(), row["value"]))


main(*sys.argv[1:])
