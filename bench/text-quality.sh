#!/usr/bin/env bash
# text.train as conf/use-cases/reviews.conf has it, beside scikit-learn's TF-IDF and logistic regression on the same reviews: macro F1 on
# rows that neither has seen (all of them: texts with damaged bytes, which that file refuses, are kept as scikit-learn keeps them).
# text-quality.sh [TRAIN.csv.gz TEST.csv.gz], each with id, review and score; else those in the repository.
# ratio: 1 + ours - (theirs - 0.01).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/text.sh"
train=${1:-$home/data/reviews/train.csv.gz}
test=${2:-$home/data/reviews/test.csv.gz}
rm -rf "$work/root"
submit/millrace run conf/use-cases/reviews.conf --root "$work/root" --date 2026-01-31 \
    --set text.train.checks.damaged=keep \
    --set "text.train.examples.path=\"$train\"" --set "text.score.texts.path=\"$test\"" ${BENCH_SET:+--set "$BENCH_SET"} >>"$out/log.txt" 2>&1
ours=$(peer f1 "$test" "$work/root/scores/reviews")
theirs=$(peer classify "$train" "$test")
echo "macro F1: ours $ours, scikit-learn's TF-IDF and logistic regression $theirs"
awk -v o="$ours" -v t="$theirs" 'BEGIN { r = 1 + o - (t - 0.01); printf "text-quality ratio=%.4f goal=1 quality=%s\n", r, (r >= 1 ? "ok" : "worse") }'
