#!/usr/bin/env python3
"""Makes JSON lines of sequences in a .ts file (sktime): vowels.py FILE.ts[.gz] OUT.jsonl

A line is one recording: {"id": "train-1", "speaker": "1", "steps": [[12 numbers], ...]}, a list of numbers for each moment.
"""
import gzip
import json
import pathlib
import sys


def main(source, target):
    opened = gzip.open(source, "rt") if source.endswith(".gz") else open(source)
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with opened as file, open(target, "w") as out:
        data = False
        part = pathlib.Path(source).name.split(".")[0].split("_")[-1].lower()
        number = 0
        for line in file:
            if data and line.strip():
                *dimensions, label = line.strip().split(":")
                features = [[float(v) for v in d.split(",")] for d in dimensions]
                number += 1
                out.write(json.dumps({"id": "%s-%d" % (part, number), "speaker": label, "steps": list(zip(*features))}) + "\n")
            data = data or line.strip().lower() == "@data"


main(*sys.argv[1:])
