"""Writes a small Keras model as Keras 2.2 does (no Keras is needed) and what it says, by numpy alone.

    python3 -m venv /tmp/keras && /tmp/keras/bin/pip install h5py==3.11.0 numpy==1.26.4
    /tmp/keras/bin/python jobs/deep/src/test/scripts/keras_model.py jobs/deep/src/test/resources/keras
"""

import json
import pathlib
import sys

import h5py
import numpy as np

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(5)


def draw(*shape):
    return random.normal(0, 0.4, shape).astype(np.float32)


kernel, kernel_bias = draw(3, 3, 2, 4), draw(4)
hidden, hidden_bias = draw(3 * 2 * 4, 6), draw(6)
head, head_bias = draw(6, 3), draw(3)


def config(kind, name, **values):
    return {"class_name": kind, "config": {"name": name, "trainable": True, **values}}


GLOROT = {"class_name": "VarianceScaling",
          "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}}
WEIGHTED = {"use_bias": True, "kernel_initializer": GLOROT,
            "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None,
            "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None, "bias_constraint": None}

LAYERS = [
    config("Conv2D", "conv2d_1", batch_input_shape=[None, 8, 6, 2], dtype="float32", filters=4, kernel_size=[3, 3],
           strides=[1, 1], padding="valid", data_format="channels_last", dilation_rate=[1, 1], activation="relu",
           **WEIGHTED),
    config("MaxPooling2D", "max_pooling2d_1", pool_size=[2, 2], padding="valid", strides=[2, 2],
           data_format="channels_last"),
    config("Flatten", "flatten_1", data_format="channels_last"),
    config("Dense", "dense_1", units=6, activation="tanh", **WEIGHTED),
    config("Dense", "dense_2", units=3, activation="softmax", **WEIGHTED),
]
WEIGHTS = {
    "conv2d_1": {"kernel:0": kernel, "bias:0": kernel_bias},
    "max_pooling2d_1": {},
    "flatten_1": {},
    "dense_1": {"kernel:0": hidden, "bias:0": hidden_bias},
    "dense_2": {"kernel:0": head, "bias:0": head_bias},
}

with h5py.File(folder / "cnn.h5", "w") as file:
    file.attrs["keras_version"] = np.bytes_("2.2.4")
    file.attrs["backend"] = np.bytes_("tensorflow")
    file.attrs["model_config"] = np.bytes_(
        json.dumps({"class_name": "Sequential", "config": {"name": "sequential_1", "layers": LAYERS}}))
    group = file.create_group("model_weights")
    group.attrs["keras_version"] = np.bytes_("2.2.4")
    group.attrs["backend"] = np.bytes_("tensorflow")
    group.attrs["layer_names"] = [np.bytes_(name) for name in WEIGHTS]
    for layer, weights in WEIGHTS.items():
        inner = group.create_group(layer)
        inner.attrs["weight_names"] = [np.bytes_(f"{layer}/{name}") for name in weights]
        for name, values in weights.items():
            inner.create_dataset(f"{layer}/{name}", data=values)


def predict(image):
    sums = np.zeros((6, 4, 4))
    for row in range(6):
        for column in range(4):
            window = image[row:row + 3, column:column + 3, :]
            sums[row, column] = np.tensordot(window, kernel, axes=3) + kernel_bias
    sums = np.maximum(sums, 0)
    pooled = sums.reshape(3, 2, 2, 2, 4).max(axis=(1, 3))
    inner = np.tanh(pooled.reshape(-1) @ hidden + hidden_bias)
    exponents = np.exp(inner @ head + head_bias)
    return exponents / exponents.sum()


images = draw(3, 8, 6, 2)
# Millrace's order: channel by channel, each row by row.
planes = images.transpose(0, 3, 1, 2).reshape(3, -1)
json.dump({"images": planes.tolist(), "predictions": [predict(image).tolist() for image in images]},
          (folder / "cnn-reference.json").open("w"))
