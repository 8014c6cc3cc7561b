"""PyTorch's side of bench/cnn-train, cnn-score and lstm-train: the same networks, data and batches, on one thread.

deep.py speed WORKLOAD PREFIX        examples a second; for images the better of PyTorch's two memory formats
deep.py quality cnn-train TRAIN TEST EPOCHS SEED
deep.py quality lstm-train STEPS SEED       accuracy in percent
PREFIX: of the files PREFIX-images-idx3-ubyte and PREFIX-labels-idx1-ubyte, with or without .gz
"""
import gzip
import os
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
CLASSES, BATCH, SCORED, TESTED = 10, 64, 256, 250
STEPS, FEATURES, SHIFT = 50, 64, 0.5
WARM_UP_SECONDS, SECONDS = 3, 4
LOSS = nn.CrossEntropyLoss()


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Flatten(), nn.Linear(64 * 12 * 12, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, CLASSES))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(FEATURES, 128, batch_first=True)
        self.output = nn.Linear(128, CLASSES)

    def forward(self, x):
        return self.output(self.lstm(x)[0][:, -1])


def content(file, header):
    opened = open(file, "rb") if os.path.exists(file) else gzip.open(file + ".gz", "rb")
    with opened as f:
        return np.frombuffer(f.read(), np.uint8, offset=header)


def images(prefix):
    x = content(prefix + "-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28).astype(np.float32) / 255
    return torch.from_numpy(x), torch.from_numpy(content(prefix + "-labels-idx1-ubyte", 8).astype(np.int64))


def sequences(rows, random):
    y = random.integers(0, CLASSES, rows)
    x = random.standard_normal((rows, STEPS, FEATURES)).astype(np.float32)
    x[np.arange(rows), :, y] += SHIFT
    return torch.from_numpy(x), torch.from_numpy(y)


def trainer(network):
    network.train()
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)

    def step(x, y):
        optimizer.zero_grad()
        LOSS(network(x), y).backward()
        optimizer.step()

    return step


def scorer(network):
    network.eval()

    def step(x, _):
        with torch.inference_mode():
            return torch.softmax(network(x), 1)

    return step


def run(step, batches, seconds):
    end, steps = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        step(*batches[steps % len(batches)])
        steps += 1
    return steps


def speed(step, batches, size):
    run(step, batches, WARM_UP_SECONDS)
    start = time.perf_counter()
    steps = run(step, batches, SECONDS)
    return steps * size / (time.perf_counter() - start)


def speed_of(workload, prefix):
    if workload == "lstm-train":
        batches = [sequences(BATCH, np.random.default_rng(i)) for i in range(10)]
        return speed(trainer(Lstm()), batches, BATCH)
    size = SCORED if workload == "cnn-score" else BATCH
    x, y = images(prefix)
    best = 0
    for layout in torch.contiguous_format, torch.channels_last:
        network = cnn().to(memory_format=layout)
        step = scorer(network) if workload == "cnn-score" else trainer(network)
        batches = [(x[i:i + size].contiguous(memory_format=layout), y[i:i + size])
                   for i in range(0, len(x) - size + 1, size)][:30]
        best = max(best, speed(step, batches, size))
    return best


def accuracy(network, batches):
    step, right, rows = scorer(network), 0, 0
    for x, y in batches:
        right += (step(x, y).argmax(1) == y).sum().item()
        rows += len(y)
    return 100 * right / rows


def quality_of_cnn(train, test, epochs, seed):
    torch.manual_seed(seed)
    (x, y), (test_x, test_y) = images(train), images(test)
    network = cnn()
    step = trainer(network)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(0, len(x), BATCH):
            step(x[order[i:i + BATCH]], y[order[i:i + BATCH]])
    return accuracy(network, [(test_x[i:i + TESTED], test_y[i:i + TESTED]) for i in range(0, len(test_x), TESTED)])


def quality_of_lstm(steps, seed):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = Lstm()
    step = trainer(network)
    for _ in range(steps):
        step(*sequences(BATCH, random))
    return accuracy(network, [sequences(TESTED, random) for _ in range(8)])


if sys.argv[1] == "speed":
    print(f"{speed_of(sys.argv[2], sys.argv[3]):.1f}")
elif sys.argv[2] == "cnn-train":
    print(f"{quality_of_cnn(sys.argv[3], sys.argv[4], int(sys.argv[5]), int(sys.argv[6])):.2f}")
else:
    print(f"{quality_of_lstm(int(sys.argv[3]), int(sys.argv[4])):.2f}")
