#!/usr/bin/env bash
# Link prediction on kinships and nations beside pykeen: ComplEx and DistMult, ours and pykeen's best of three settings on the
# validation triples (ours likewise of its grid), filtered MRR on the test triples. The ratio is the least of ours / pykeen's; the quality is ok
# where no MRR of ours is more than 0.03 below. BENCH_GRAPHS="kinships", BENCH_MODELS="complex" make it shorter.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
data=${1:-$home/../shared/data/answers}
environment=$out/pykeen
if ! cmp -s "$bench_home/peers/graph-requirements.txt" "$environment/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/pip" install -q -r "$bench_home/peers/graph-requirements.txt"
    cp "$bench_home/peers/graph-requirements.txt" "$environment/installed.txt"
fi
ratios=()
worst=0
for graph in ${BENCH_GRAPHS:-nations kinships}; do
    for model in ${BENCH_MODELS:-complex distmult}; do
        peer=$([[ $model == complex ]] && echo ComplEx || echo DistMult)
        best="-1 0"
        for setting in all-entities binary negatives; do
            line=$("$environment/bin/python" "$bench_home/peers/graph.py" "$peer" $setting 42 "$data/pykeen_$graph" 2>>"$out/log.txt" | tail -1)
            echo "$graph $model: pykeen $setting: $line (MRR on validation and test, hits@1, hits@10, seconds)"
            best=$(printf '%s\n%s\n' "$best" "$line" | sort -g | tail -1)
        done
        theirs=$(cut -d' ' -f2 <<<"$best")
        root=$out/graph-links/$graph-$model
        rm -rf "$root"
        took=$(seconds "$home/submit/millrace" run "$home/bench/use-cases/graph-links.conf" --root "$root" --date 2026-01-31 \
            --set "text.graph-train.triples.path=$data/pykeen_${graph}_train.tsv" \
            --set "text.graph-train.holdout.tables.validation.path=$data/pykeen_${graph}_valid.tsv" \
            --set "text.graph-train.holdout.tables.test.path=$data/pykeen_${graph}_test.tsv" \
            --set "text.graph-train.scoring=$model")
        ours=$(python3 -c 'import glob, json, sys
report = json.load(open(glob.glob(sys.argv[1] + "/runs/*/run.json")[0]))
print(next(m["value"] for m in report["jobs"][0]["metrics"] if m["name"] == "mrr"))' "$root")
        r=$(awk -v o="$ours" -v t="$theirs" 'BEGIN { printf "%.3f", o / t }')
        worst=$(awk -v w="$worst" -v o="$ours" -v t="$theirs" 'BEGIN { print (t - o > w ? t - o : w) }')
        echo "$graph $model: ours $ours in $took s for the whole run, pykeen $theirs, ratio $r"
        ratios+=("$r")
    done
done
awk -v r="$(printf '%s\n' "${ratios[@]}" | sort -g | head -1)" -v w="$worst" \
    'BEGIN { printf "graph-links ratio=%.2f goal=0.96 quality=%s\n", r, (w <= 0.03 ? "ok" : "worse") }'
