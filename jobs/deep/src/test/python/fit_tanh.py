"""Computes the coefficients of Tanh.java: tanh(x) = x P(x^2) / Q(x^2) on [0, 8], P and Q of degree 4 in x^2.

Least squares of P - Q tanh(x) / x, weighted by 1 / Q of the round before for the relative error, and by the error
itself (Lawson) towards the smallest maximum. Needs numpy. Prints P, Q and the greatest error in single precision.
"""
import numpy as np

END, DEGREE, ROUNDS = 8.0, 4, 60

x = END * (1 - np.cos(np.pi * (np.arange(4000) + 0.5) / 8000))
x = x[x > 1e-3]
square, tanh = (x / END) ** 2, np.tanh(x)
weight, denominator, best = np.ones_like(x), np.ones_like(x), np.inf
for _ in range(ROUNDS):
    scale = weight / (denominator * tanh)
    left = np.hstack([
        (x * scale)[:, None] * square[:, None] ** np.arange(DEGREE + 1),
        -(tanh * scale)[:, None] * square[:, None] ** np.arange(1, DEGREE + 1),
    ])
    solution = np.linalg.lstsq(left, tanh * scale, rcond=None)[0]
    p, q = solution[:DEGREE + 1], np.concatenate([[1], solution[DEGREE + 1:]])
    denominator = np.polyval(q[::-1], square)
    error = np.abs(x * np.polyval(p[::-1], square) / denominator / tanh - 1)
    if error.max() < best:
        best, numerator_best, denominator_best = error.max(), p, q
    weight *= (0.1 + error / error.max()) ** 0.7
    weight /= weight.mean()

powers = END ** (-2.0 * np.arange(DEGREE + 1))
p, q = (numerator_best * powers).astype(np.float32), (denominator_best * powers).astype(np.float32)
print("P", *p)
print("Q", *q)

every = np.linspace(-12, 12, 2_000_001).astype(np.float32)
inside = np.clip(every, np.float32(-END), np.float32(END))
squares = inside * inside
up, down = np.zeros_like(squares), np.zeros_like(squares)
for i in reversed(range(DEGREE + 1)):
    up, down = up * squares + p[i], down * squares + q[i]
print("error", np.abs(inside * up / down - np.tanh(every.astype(np.float64))).max())
