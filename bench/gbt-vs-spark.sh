#!/usr/bin/env bash
# Gradient boosting from a Parquet file beside Spark's GBTClassifier in the same Spark: 100 trees of depth 6, learning rate 0.1, 32
# bins, which are the default of Spark's. Pairs of runs, in turn (BENCH_PAIRS, 3); the median of the ratios of seconds.
# BENCH_SPARK_TREES lowers Spark's trees, and its time is then multiplied as if each took as long (later trees take no less), while
# its AUC is that of those trees alone, which is told.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/gbt.sh"
spark_trees=${BENCH_SPARK_TREES:-100}
ratios=()
quality=ok
for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
    read -r ours our_auc < <(trees GbtBench ours "$table" 32 2>>"$out/log.txt" | tail -1)
    read -r theirs their_auc < <(trees GbtBench spark "$table" "$spark_trees" 2>>"$out/log.txt" | tail -1)
    r=$(awk -v o="$ours" -v t="$theirs" -v n="$spark_trees" 'BEGIN { printf "%.1f", t * 100 / n / o }')
    echo "pair $i: ours $ours s, AUC $our_auc; Spark's $theirs s for $spark_trees trees, AUC $their_auc, ratio $r"
    ratios+=("$r")
    awk -v a="$our_auc" -v b="$their_auc" 'BEGIN { exit !(a >= b - 0.002) }' || quality=worse
done
echo "gbt-vs-spark ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=20 quality=$quality"
