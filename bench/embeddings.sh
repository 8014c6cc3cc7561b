#!/usr/bin/env bash
# Sentence embeddings of the food reviews in the repository: rows a second, tokens and all, beside Python's onnxruntime and tokenizers
# with the same model, threads (BENCH_CORES) and batch (BENCH_BATCH), in pairs; quality is ok where the vectors agree.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/text.sh"
model=$(sentence_model)
threads=${BENCH_CORES:-2}
batch=${BENCH_BATCH:-32}
peer lines data/reviews/train.csv.gz data/reviews/test.csv.gz "$work/reviews.txt"
# The whole file at once for both, so that both sort all texts by their length.
ratios=()
for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
    theirs=$(peer embed "$model" "$work/reviews.txt" "$work/theirs.bin" "$threads" "$batch" | tail -1)
    ours=$(java_class Embedding "$model" "$work/reviews.txt" "$work/ours.bin" "$threads" "$batch" | tail -1)
    ratio=$(awk -v o="$ours" -v t="$theirs" 'BEGIN { printf "%.2f", o / t }')
    echo "pair $i: theirs $theirs rows/s, ours $ours rows/s, ratio $ratio"
    ratios+=("$ratio")
done
rows=$(wc -l <"$work/reviews.txt")
size=$(($(stat -c %s "$work/ours.bin") / 4 / rows))
read -r least mean < <(peer agree "$work/ours.bin" "$work/theirs.bin" "$size")
echo "cosine between ours and theirs: least $least, mean $mean"
quality=$(awk -v l="$least" 'BEGIN { print (l >= 0.99 ? "ok" : "worse") }')
echo "embeddings ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=0.9 quality=$quality"
