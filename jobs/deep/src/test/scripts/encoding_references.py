#!/usr/bin/env python3
"""Makes the references of the tests of org.millrace.deep.data from other people's implementations.

Needs librosa 0.10.2.post1, numpy 1.26.4 and pillow 11.0.0 (pip install in a virtual environment); writes to
src/test/resources/org/millrace/deep/data beside this script's folder. Run it again where a reference is to change.
"""
import io
import json
import pathlib
import struct

import librosa
import numpy as np
from PIL import Image

TARGET = pathlib.Path(__file__).parent.parent / "resources/org/millrace/deep/data"


def sound(rate, seconds):
    """Two gliding tones, a click and a silent end."""
    t = np.arange(int(rate * seconds)) / rate
    wave = 0.5 * np.sin(2 * np.pi * (300 + 400 * t) * t) + 0.2 * np.sin(2 * np.pi * 2500 * t * t)
    wave[len(wave) // 2] = 0.9
    wave[int(0.9 * len(wave)):] = 0
    return wave


def wav(samples, rate, bits, channels=1):
    """PCM, written by hand so that every width is there."""
    scaled = np.round(samples * (2 ** (bits - 1) - 1)).astype(np.int64)
    if bits == 8:
        data = (scaled + 128).astype(np.uint8).tobytes()
    elif bits == 24:
        data = b"".join(struct.pack("<i", int(s))[:3] for s in scaled)
    else:
        data = scaled.astype("<i%d" % (bits // 8)).tobytes()
    width = bits // 8 * channels
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, channels, rate,
                         rate * width, width, bits, b"data", len(data))
    return header + data


def cepstra(name, rate, seconds, window, hop, bands, coefficients):
    bytes_ = wav(sound(rate, seconds), rate, 16)
    (TARGET / (name + ".wav")).write_bytes(bytes_)
    samples = np.frombuffer(bytes_[44:], "<i2").astype(np.float32) / 32768
    mfcc = librosa.feature.mfcc(y=samples, sr=rate, n_mfcc=coefficients, n_fft=window, hop_length=hop, n_mels=bands)
    return {"file": name + ".wav", "rate": rate, "window": window, "hop": hop, "bands": bands,
            "coefficients": coefficients, "frames": mfcc.T.astype(float).round(5).tolist()}


def picture(height, width):
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * (0.5 + 0.5 * np.sin(x / 3.0))
    green = 255 * y / (height - 1)
    blue = 255 * ((x // 4 + y // 4) % 2)
    return np.stack([red, green, blue], axis=2).round().astype(np.uint8)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    figures = {"cepstra": [cepstra("tones-22050", 22050, 0.5, 2048, 512, 128, 13),
                           cepstra("tones-8000", 8000, 0.4, 256, 128, 40, 13)]}
    image = Image.fromarray(picture(20, 30), "RGB")
    image.save(TARGET / "colour.png")
    image.convert("L").save(TARGET / "grey.png")
    image.convert("RGBA").save(TARGET / "transparent.png")
    image.quantize(16).save(TARGET / "indexed.png")
    image.save(TARGET / "colour.jpg", quality=90)
    image.convert("CMYK").save(TARGET / "cmyk.jpg")
    planar = lambda i: np.asarray(i).reshape(20, 30, -1).transpose(2, 0, 1).reshape(-1).tolist()
    figures["images"] = {
        "colour.png": planar(image),
        "colour.png as grey": planar(image.convert("L")),
        "indexed.png": planar(image.quantize(16).convert("RGB")),
        "colour.jpg": planar(Image.open(TARGET / "colour.jpg")),
    }
    figures["resized"] = {
        "%dx%d" % (h, w): np.asarray(image.resize((w, h), Image.Resampling.BILINEAR)).transpose(2, 0, 1).reshape(-1).tolist()
        for h, w in [(7, 11), (40, 31), (20, 10)]}
    (TARGET / "references.json").write_text(json.dumps(figures, separators=(",", ":")) + "\n")


main()
