#!/usr/bin/env python3
"""Cuts a balanced sample of IDX images and labels: cut.py IMAGES.gz LABELS.gz NAME FIRST COUNT

Takes, of each class, the images FIRST to FIRST + COUNT - 1 in the order of the file, and writes NAME-images-idx3-ubyte.gz and
NAME-labels-idx1-ubyte.gz beside this script, in the order of the file. The files here are made by
    cut.py t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz train 0 200
    cut.py t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz test 200 50
"""
import gzip
import pathlib
import struct
import sys


def write(name, content):
    path = pathlib.Path(__file__).parent / name
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(content)


def main(images_file, labels_file, name, first, count):
    images = gzip.open(images_file).read()
    labels = gzip.open(labels_file).read()
    _, number, height, width = struct.unpack(">IIII", images[:16])
    size = height * width
    seen = {}
    chosen = []
    for index in range(number):
        label = labels[8 + index]
        place = seen.get(label, 0)
        seen[label] = place + 1
        if int(first) <= place < int(first) + int(count):
            chosen.append(index)
    pixels = b"".join(images[16 + i * size:16 + (i + 1) * size] for i in chosen)
    write(name + "-images-idx3-ubyte.gz", struct.pack(">IIII", 0x803, len(chosen), height, width) + pixels)
    write(name + "-labels-idx1-ubyte.gz", struct.pack(">II", 0x801, len(chosen)) + bytes(labels[8 + i] for i in chosen))


main(*sys.argv[1:])
