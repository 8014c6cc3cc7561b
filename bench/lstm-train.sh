#!/usr/bin/env bash
# Training of an LSTM (64 -> 128, 50 steps, Adam, batch 64) beside PyTorch on one CPU thread, and the accuracy on new
# sequences with a planted class after 200 batches.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/deep.sh"
speeds lstm-train none
quality "${BENCH_SEEDS:-3}" lstm-train "${BENCH_STEPS:-200}"
echo "lstm-train ratio=$ratio goal=0.5 quality=$quality"
