#!/usr/bin/env python3
"""The peers of the benchmarks on texts.

  text.py lines REVIEWS.csv.gz... OUT              the reviews, a line each
  text.py embed MODEL TEXTS OUT THREADS BATCH      embeds the lines with onnxruntime, texts of like length together; prints the rows a
                                                   second of the second time; OUT gets the vectors, 32-bit floats
  text.py agree OURS THEIRS SIZE                   prints the least and the mean cosine between the two files' vectors
  text.py classify TRAIN TEST                      F1 (macro) of scikit-learn's TF-IDF (pairs of words too) and logistic regression
  text.py f1 TEST SCORES                           the same of what text.score published of TEST
  text.py paraphrase PAIRS.csv OUT.csv SEED COUNT DROP  COUNT questions of each pair: words with digits left out (a number would
                                                   give it away), each other word dropped with a chance of DROP (two stay), the rest shuffled
  text.py guessed PAIRS.csv OUT.csv                the share of these that a guess finds among the questions with all of their words
  text.py found PAIRS.csv ANSWERS                  the share of these whose own answer text.answer published first
"""
import collections
import csv
import gzip
import pathlib
import random
import re
import sys
import time

import numpy


def reviews(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(*paths):
    with open(paths[-1], "w", encoding="utf-8") as out:
        for path in paths[:-1]:
            out.writelines(" ".join(row["review"].split()) + "\n" for row in reviews(path))


def embed(model, texts, out, threads, batch):
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model + "/model.onnx", options, providers=["CPUExecutionProvider"])
    names = {i.name for i in session.get_inputs()}
    tokenizer = Tokenizer.from_file(model + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    with open(texts, encoding="utf-8") as file:
        rows = file.read().splitlines()

    def run():
        encoded = tokenizer.encode_batch(rows)
        order = sorted(range(len(rows)), key=lambda i: -len(encoded[i].ids))
        vectors = [None] * len(rows)
        for start in range(0, len(order), int(batch)):
            part = order[start:start + int(batch)]
            width = len(encoded[part[0]].ids)
            inputs = {name: numpy.zeros((len(part), width), numpy.int64)
                      for name in ("input_ids", "attention_mask", "token_type_ids")}
            for at, i in enumerate(part):
                length = len(encoded[i].ids)
                inputs["input_ids"][at, :length] = encoded[i].ids
                inputs["attention_mask"][at, :length] = 1
                inputs["token_type_ids"][at, :length] = encoded[i].type_ids
            tokens = session.run(None, {k: v for k, v in inputs.items() if k in names})[0]
            mask = inputs["attention_mask"][:, :, None].astype(numpy.float32)
            mean = (tokens * mask).sum(1) / mask.sum(1)
            mean /= numpy.linalg.norm(mean, axis=1, keepdims=True)
            for at, i in enumerate(part):
                vectors[i] = mean[at]
        return vectors

    run()
    begun = time.perf_counter()
    vectors = run()
    seconds = time.perf_counter() - begun
    numpy.asarray(vectors, numpy.float32).tofile(out)
    print("%.2f" % (len(rows) / seconds))


def agree(ours, theirs, size):
    one = numpy.fromfile(ours, "<f4").reshape(-1, int(size))
    other = numpy.fromfile(theirs, "<f4").reshape(-1, int(size))
    cosines = (one * other).sum(1)
    print("%.5f %.5f" % (cosines.min(), cosines.mean()))


def classify(train, test):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.pipeline import make_pipeline

    known, asked = reviews(train), reviews(test)
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2), LogisticRegression(C=10, max_iter=1000))
    model.fit([r["review"] for r in known], [r["score"] for r in known])
    told = model.predict([r["review"] for r in asked])
    print("%.4f" % f1_score([r["score"] for r in asked], told, average="macro"))


def f1(test, scores):
    import pyarrow.parquet
    from sklearn.metrics import f1_score

    truth = {r["id"]: r["score"] for r in reviews(test)}
    table = pyarrow.parquet.read_table(
        [str(p) for p in pathlib.Path(scores).glob("ds=*/part-*.parquet")], columns=["id", "class"]).to_pydict()
    told = dict(zip(map(str, table["id"]), table["class"]))
    if told.keys() != truth.keys():
        sys.exit("not every row of %s was scored" % test)
    keys = sorted(truth)
    print("%.4f" % f1_score([truth[k] for k in keys], [told[k] for k in keys], average="macro"))


def pairs(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(question):
    return re.findall(r"[\w'’]+", question)


def paraphrase(source, out, seed, count, drop):
    chance = random.Random(int(seed))
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "question"])
        for at, pair in enumerate(pairs(source)):
            words = [w for w in words_of(pair["question"]) if not any(c.isdigit() for c in w)]
            if len(words) < 2:
                continue
            for number in range(int(count)):
                kept = [w for w in words if chance.random() >= float(drop)]
                kept = kept if len(kept) > 1 else chance.sample(words, 2)
                chance.shuffle(kept)
                writer.writerow(["%d-%d" % (at, number), " ".join(kept)])


def found(source, answers):
    import pyarrow.parquet

    known = pairs(source)
    table = pyarrow.parquet.read_table([str(p) for p in pathlib.Path(answers).glob("ds=*/part-*.parquet")]).to_pylist()
    first = [row for row in table if row["rank"] == 1]
    right = sum(row["matched"] == known[int(row["id"].split("-")[0])]["question"] for row in first)
    print("%.4f" % (right / len(first)))


def guessed(source, asked):
    """The share that finds its own question by a guess among those that hold all of its words."""
    known = [(p["question"], collections.Counter(words_of(p["question"].lower()))) for p in pairs(source)]
    shares = []
    for row in pairs(asked):
        words = collections.Counter(row["question"].lower().split())
        shares.append(1 / len({question for question, own in known if not words - own}))
    print("%.4f" % (sum(shares) / len(shares)))


{"lines": lines, "embed": embed, "agree": agree, "classify": classify, "f1": f1, "paraphrase": paraphrase,
 "found": found, "guessed": guessed}[sys.argv[1]](*sys.argv[2:])
