#!/usr/bin/env bash
# From the command to the first Spark task, local: submit/millrace against a plain spark-submit of the same jar, with the same
# use case. Seven pairs, in turn; ratio = plain / ours. The plain side has the environment's settings, and neither the check
# before Spark nor the archive of loaded classes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
note=$out/first-task.txt
arguments=(run bench/use-cases/first-task.conf --root "$out/root" --date 2026-01-01 --set "bench.first-task.note=$note")
[[ -f $home/target/spark/millrace.jsa ]] || "$home/submit/startup/archive"

plain() { spark_submit --class org.millrace.Main --jars "$bench_jar" "$jar" "${arguments[@]}" --env local; }
ours() { MILLRACE_FAMILY_JARS=$bench_jar "$home/submit/millrace" "${arguments[@]}" --set spark.ui.enabled=false; }

# until_task COMMAND: seconds from the start of the command to the first task.
until_task() {
    local from
    rm -f "$note"
    from=$(date +%s%3N)
    "$@" >>"$out/log.txt" 2>&1
    awk -v from="$from" -v to="$(cat "$note")" 'BEGIN { printf "%.3f", (to - from) / 1e3 }'
}

until_task plain >/dev/null # The jars into the page cache.
ratios=()
for ((i = 1; i <= ${BENCH_PAIRS:-7}; i++)); do
    p=$(until_task plain)
    o=$(until_task ours)
    r=$(awk -v p="$p" -v o="$o" 'BEGIN { printf "%.3f", p / o }')
    echo "pair $i: plain $p s, ours $o s, ratio $r"
    ratios+=("$r")
done
echo "startup ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=0.83 quality=ok"
