#!/usr/bin/env bash
# Gradient boosting from a Parquet file beside Spark's GBTClassifier in the same Spark: 100 trees of depth 6, learning rate 0.1.
# Spark's takes near an hour: BENCH_SPARK_TREES lowers its trees, and its time is then multiplied as if each took as long
# (later trees take no less), while its AUC is that of those trees alone, which is told.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/gbt.sh"
spark_trees=${BENCH_SPARK_TREES:-100}
read -r ours our_auc < <(trees GbtBench ours "$table" 2>>"$out/log.txt" | tail -1)
read -r theirs their_auc < <(trees GbtBench spark "$table" "$spark_trees" 2>>"$out/log.txt" | tail -1)
echo "ours $ours s, AUC $our_auc; Spark's $theirs s for $spark_trees trees, AUC $their_auc"
awk -v o="$ours" -v t="$theirs" -v n="$spark_trees" -v a="$our_auc" -v b="$their_auc" \
    'BEGIN { printf "gbt-vs-spark ratio=%.1f goal=20 quality=%s\n", t * 100 / n / o, (a >= b - 0.002 ? "ok" : "worse") }'
