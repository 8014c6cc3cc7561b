#!/usr/bin/env bash
# What contract, rejects, manifest and report cost over a bare Spark program that reads and writes the same columns.
# Both are whole programs: spark-submit to exit. Five pairs, in turn; the median of the ratios bare / ours.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
input=${1:-$home/../shared/data/scale/flights-3m.parquet}
pairs=${BENCH_PAIRS:-5}

bare() { spark_submit --class org.millrace.bench.BareCopy "$bench_jar" "$input" "$out/bare"; }
ours() {
    spark_submit --class org.millrace.Main --jars "$bench_jar" "$jar" run bench/use-cases/copy.conf \
        --root "$out/root" --date 2026-01-01 --set bench.copy.table.path="$input" "$@"
}

warm=$(seconds bare) # The file into the page cache.
echo "warm-up: bare $warm s"
ratios=()
for ((i = 1; i <= pairs; i++)); do
    b=$(seconds bare)
    o=$(seconds ours)
    r=$(awk -v b="$b" -v o="$o" 'BEGIN { printf "%.3f", b / o }')
    echo "pair $i: bare $b s, ours $o s, ratio $r"
    ratios+=("$r")
done
ratio=$(printf '%s\n' "${ratios[@]}" | median)
k=$(seconds ours --set bench.copy.table.contract=flights-keyed.v1 --set bench.copy.output=flights-keyed)
echo "apart, with a unique key of three columns (a shuffle and a sort of all rows): ours $k s"

# What was read is what was published and rejected, and what was published is what the rules let through.
quality=$(python3 - "$out/root/tables/flights/ds=2026-01-01/_manifest.json" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))["rows"]
sound = rows["in"] == rows["published_rows"] + rows["rejected"] and rows["published_rows"] > 0
print("ok" if sound else "worse")
print(f"rows in {rows['in']}, published {rows['published_rows']}, rejected {rows['rejected']}", file=sys.stderr)
PY
)
echo "kernel-overhead ratio=$ratio goal=0.91 quality=$quality"
