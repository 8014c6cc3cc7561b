#!/usr/bin/env bash
# Scoring by a small CNN (3x3x32, 3x3x64, max-pool, dense 128) beside PyTorch on one CPU thread, 256 images at a time, and
# the accuracy of scoring the images that it was trained on for two epochs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/deep.sh"
images=${1:-$home/../shared/data/images/t10k}
speeds cnn-score "$images"
quality "${BENCH_SEEDS:-3}" cnn-train "$images" "$images" 2
echo "cnn-score ratio=$ratio goal=0.8 quality=$quality"
