#!/usr/bin/env python3
"""Takes question and answer pairs of some topics out of chatterbot's English corpus: cut.py CORPUS.tsv

The source has topic, question and answer, with tabs between. Of several pairs with one question the first stays. Writes pairs.csv
(question, answer) and questions.csv (id, question) beside this script; the questions are made by hand.
"""
import csv
import pathlib
import sys

TOPICS = {"ai", "computers", "food", "history", "humor", "literature", "money", "movies", "music", "science", "sports"}
QUESTIONS = [
    "what does it mean to be an artificial intelligence",
    "are you able to feel sentient",
    "who invented the computer mouse please",
    "why can you not eat any food",
    "tell me about stock market investing",
    "do you read science fiction books",
    "my tomato plants have yellow leaves, what should I do about watering",
]


def main(source):
    here = pathlib.Path(__file__).parent
    seen = set()
    with open(source, encoding="utf-8", newline="") as file, open(
            here / "pairs.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["question", "answer"])
        for line in file:
            topic, question, answer = (" ".join(part.split()) for part in line.rstrip("\n").split("\t")[:3])
            if topic in TOPICS and question.lower() not in seen and answer:
                seen.add(question.lower())
                writer.writerow([question, answer])
    with open(here / "questions.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", "question"])
        writer.writerows(enumerate(QUESTIONS, 1))


main(*sys.argv[1:])
