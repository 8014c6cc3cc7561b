#!/usr/bin/env bash
# Random forests on 100,000 rows x 30 features in memory, two threads: MLlib's as risk.train sets it (200 trees of depth 12, two rows in a
# leaf, 64 bins), MLlib's by its own defaults (20 trees of depth 5, 32 bins) and scikit-learn's (200 trees of depth 12, two rows in a leaf).
# ratio: ours - (scikit-learn's AUC - 0.005), as 1 + that difference. What Spark did meanwhile tells where the time goes.
set -euo pipefail
export BENCH_ROWS=${BENCH_ROWS:-100000}
source "$(dirname "${BASH_SOURCE[0]}")/peers/gbt.sh"
environment=$out/risk-peers
if ! cmp -s "$bench_home/peers/risk-requirements.txt" "$environment/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/pip" install -q -r "$bench_home/peers/risk-requirements.txt"
    cp "$bench_home/peers/risk-requirements.txt" "$environment/installed.txt"
fi
read -r ours our_auc our_work < <(trees ForestBench ours "$table" 2>>"$out/log.txt" | tail -1)
read -r defaults default_auc default_work < <(trees ForestBench mllib "$table" 2>>"$out/log.txt" | tail -1)
read -r theirs their_auc < <("$environment/bin/python" "$bench_home/peers/forest.py" "$table" "${BENCH_CORES:-2}" 2>>"$out/log.txt")
echo "ours $ours s, AUC $our_auc: $our_work"
echo "MLlib's defaults $defaults s, AUC $default_auc: $default_work"
echo "scikit-learn's $theirs s, AUC $their_auc"
awk -v a="$our_auc" -v t="$their_auc" \
    'BEGIN { r = 1 + a - (t - 0.005); printf "forest-compare ratio=%.4f goal=1 quality=%s\n", r, (r >= 1 ? "ok" : "worse") }'
