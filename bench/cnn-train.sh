#!/usr/bin/env bash
# Training of a small CNN (3x3x32, 3x3x64, max-pool, dense 128; Adam, batch 64) beside PyTorch on one CPU thread, and the
# accuracy after 5 epochs of Fashion-MNIST. cnn-train.sh [TEST_PREFIX [TRAIN_PREFIX]]: PREFIX-images-idx3-ubyte(.gz) and labels.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/deep.sh"
test=${1:-$home/../shared/data/images/t10k}
train=${2:-/usr/share/datasets/fashion-mnist/train} # Debian's package dataset-fashion-mnist.
[[ -f $train-images-idx3-ubyte || -f $train-images-idx3-ubyte.gz ]] || {
    echo "there is no $train-images-idx3-ubyte(.gz): apt-get install dataset-fashion-mnist, or name another set" >&2
    exit 2
}
speeds cnn-train "$test"
quality "${BENCH_SEEDS:-1}" cnn-train "$train" "$test" "${BENCH_EPOCHS:-5}"
echo "cnn-train ratio=$ratio goal=0.5 quality=$quality"
