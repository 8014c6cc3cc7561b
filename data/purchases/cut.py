"""Writes purchases.csv from CDNOW_sample.txt of the Python package lifetimes (MIT License): a tenth of the customers of CDNOW.

    pip download --no-deps lifetimes==0.11.3
    python3 -m zipfile -e Lifetimes-0.11.3-py3-none-any.whl lifetimes
    python3 data/purchases/cut.py lifetimes/lifetimes/datasets/CDNOW_sample.txt > data/purchases/purchases.csv
"""

import sys

print("customer,date,quantity,dollars")
for line in open(sys.argv[1], encoding="ascii"):
    customer, _number_in_the_sample, date, quantity, dollars = line.split()
    print(f"{customer},{date},{quantity},{dollars}")
