#!/usr/bin/env bash
# What contract, rejects, manifest and report cost over a bare Spark program that reads and writes the same columns.
# Both are whole programs, from the command to its exit. Five rounds, in turn: the bare program by spark-submit; Millrace as
# its users start it, by submit/millrace, with all that the launcher adds (the check before Spark, the archive of loaded
# classes, its collector); and, told apart, Millrace by the same plain spark-submit line as the bare program. The last line
# is of the first two; the medians of both ratios are printed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
input=${1:-$home/../shared/data/scale/flights-3m.parquet}
pairs=${BENCH_PAIRS:-5}

arguments=(run bench/use-cases/copy.conf --root "$out/root" --date 2026-01-01 --set bench.copy.table.path="$input")
[[ -f $home/target/spark/millrace.jsa ]] || "$home/submit/startup/archive"

bare() { spark_submit --class org.millrace.bench.BareCopy "$bench_jar" "$input" "$out/bare"; }
plain() { spark_submit --class org.millrace.Main --jars "$bench_jar" "$jar" "${arguments[@]}" "$@"; }
ours() {
    MILLRACE_FAMILY_JARS=$bench_jar "$home/submit/millrace" "${arguments[@]}" --set spark.ui.enabled=false \
        --set "spark.master=\"local[${BENCH_CORES:-2}]\"" --set "spark.driver.memory=${BENCH_MEMORY:-3g}" "$@"
}
ratio() { awk -v b="$1" -v o="$2" 'BEGIN { printf "%.3f", b / o }'; }

warm=$(seconds bare) # The file into the page cache.
echo "warm-up: bare $warm s"
ratios=()
same=()
for ((i = 1; i <= pairs; i++)); do
    b=$(seconds bare)
    o=$(seconds ours)
    p=$(seconds plain)
    ratios+=("$(ratio "$b" "$o")")
    same+=("$(ratio "$b" "$p")")
    echo "round $i: bare $b s; by submit/millrace $o s, ratio ${ratios[-1]}; by the same spark-submit $p s, ratio ${same[-1]}"
done
ratio=$(printf '%s\n' "${ratios[@]}" | median)
echo "apart, both by the same spark-submit line: ratio $(printf '%s\n' "${same[@]}" | median)"
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
