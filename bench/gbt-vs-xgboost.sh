#!/usr/bin/env bash
# Gradient boosting from a Parquet file beside XGBoost in Python: 100 trees of depth 6, learning rate 0.1, 256 bins, two threads each.
# Both from the first read to the model. Neither the start of the JVM, of Spark with a query of no table, and of the native library, nor
# that of Python with its imports is in it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/gbt.sh"
if ! cmp -s "$bench_home/peers/gbt-requirements.txt" "$out/xgboost/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$out/xgboost"
    "$out/xgboost/bin/pip" install -q -r "$bench_home/peers/gbt-requirements.txt"
    cp "$bench_home/peers/gbt-requirements.txt" "$out/xgboost/installed.txt"
fi
ratios=()
worst=0
for ((i = 1; i <= ${BENCH_PAIRS:-5}; i++)); do
    read -r theirs their_auc < <("$out/xgboost/bin/python" "$bench_home/peers/gbt.py" "$table" "${BENCH_CORES:-2}" 2>>"$out/log.txt" | tail -1)
    read -r ours our_auc < <(trees GbtBench ours "$table" 256 2>>"$out/log.txt" | tail -1)
    r=$(awk -v o="$ours" -v t="$theirs" 'BEGIN { printf "%.3f", t / o }')
    worst=$(awk -v w="$worst" -v o="$our_auc" -v t="$their_auc" 'BEGIN { print (t - o > w ? t - o : w) }')
    echo "pair $i: Python $theirs s, AUC $their_auc; ours $ours s, AUC $our_auc; ratio $r"
    ratios+=("$r")
done
awk -v r="$(printf '%s\n' "${ratios[@]}" | median)" -v w="$worst" \
    'BEGIN { printf "gbt-vs-xgboost ratio=%.2f goal=0.87 quality=%s\n", r, (w <= 0.002 ? "ok" : "worse") }'
