#!/usr/bin/env python3
"""Writes demand.csv beside this script from drinks_monthly_sales.csv of R's modeldata: cut.py drinks_monthly_sales.csv

The source has the columns date and S4248SM144NCEN (monthly sales of merchant wholesalers of beer, wine and distilled drinks in the
United States, in millions of dollars).
"""
import csv
import pathlib
import sys


def main(source):
    target = pathlib.Path(__file__).parent / "demand.csv"
    with open(source, newline="") as file, open(target, "w") as out:
        out.write("product,month,sold\n")
        for row in csv.DictReader(file):
            out.write("drinks,%s,%s\n" % (row["date"], row["S4248SM144NCEN"]))


main(*sys.argv[1:])
