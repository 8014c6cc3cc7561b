#!/usr/bin/env python3
"""Makes a table of spoken numbers: spoken_digits.py SOUNDS.tar.gz MANIFEST.csv OUT_FOLDER [VARIANTS]

The archive has each of the 29 words zero to twenty, thirty to ninety and hundred once, by one speaker. One recording cannot be
learnt from and measured on, so each becomes VARIANTS (40) sounds: moved, faster or slower by up to a tenth, louder or softer, in
noise 15 to 35 dB below it; a seed fixes them. Every fifth goes to test.jsonl, the others to train.jsonl. What a model reaches
on them says that it hears the words of this speaker through such changes, nothing about other speakers.

A line is {"id": "seven-3", "word": "seven", "audio": a WAV file in base64}: 8000 samples a second, 16 bits, one channel.
"""
import array
import base64
import csv
import io
import json
import math
import pathlib
import random
import sys
import tarfile
import wave

FILES = [str(n) for n in range(21)] + [str(n) for n in range(30, 100, 10)] + ["hundred"]


def variant(samples, chance):
    speed = chance.uniform(0.9, 1.1)
    gain = chance.uniform(0.5, 1.0)
    length = int(len(samples) / speed)
    faster = []
    for i in range(length):
        place = i * speed
        at = min(int(place), len(samples) - 2)
        faster.append(samples[at] + (place - at) * (samples[at + 1] - samples[at]))
    loudness = math.sqrt(sum(s * s for s in faster) / length)
    noise = loudness * 10 ** (-chance.uniform(15, 35) / 20)
    silence = [0.0] * chance.randrange(0, 1200)
    sound = silence + faster
    return array.array("h", (max(-32768, min(32767, round(gain * s + chance.gauss(0, gain * noise)))) for s in sound))


def wav(samples, rate):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        if sys.byteorder == "big":
            samples.byteswap()
        out.writeframes(samples.tobytes())
    return file.getvalue()


def main(archive, manifest, folder, variants="40"):
    with open(manifest, newline="") as file:
        words = {row["wav"]: row["transcript"] for row in csv.DictReader(file)}
    target = pathlib.Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar, open(target / "train.jsonl", "w") as train, open(target / "test.jsonl", "w") as test:
        members = {"/".join(m.name.split("/")[-2:]): m for m in tar.getmembers()}
        for name in FILES:
            path = "digits/%s.wav" % name
            word = words[path].strip().rstrip(".").lower()
            with wave.open(io.BytesIO(tar.extractfile(members[path]).read())) as sound:
                rate = sound.getframerate()
                samples = array.array("h", sound.readframes(sound.getnframes()))
            for number in range(int(variants)):
                file = wav(variant(samples, random.Random("%s %d" % (name, number))), rate)
                line = {"id": "%s-%d" % (word, number), "word": word, "audio": base64.b64encode(file).decode("ascii")}
                (test if number % 5 == 4 else train).write(json.dumps(line) + "\n")


main(*sys.argv[1:])
