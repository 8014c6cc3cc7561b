#!/usr/bin/env bash
# Synchronous training of the small CNN (28 x 28, batch 64 a rank, Adam): two executors of one core each against one, as
# processes of their own (local-cluster). Five pairs, in turn; the median of the ratios two / one of examples a second,
# which rank 0 measures over 120 steps behind 480 for warming up. Beside it, out of the ratio, what the machine itself allows:
# two processes with a replica each that know nothing of each other, at once, against one such process alone (BENCH_CEILINGS
# times, 3). deep-scaling.sh [PREFIX]: of the images' gzipped IDX files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
images=${1:-$home/../shared/data/images/t10k}
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package

# executors N: prints examples/s, synchronization share, accuracy, and the milliseconds of a step: gradient, what the slower
# rank's takes more, update.
executors() {
    spark_submit --class org.millrace.bench.scaling.DeepScaling --master "local-cluster[$1,1,2048]" \
        --conf spark.executor.memory=2g --conf spark.executorEnv.OMP_NUM_THREADS=1 \
        --conf "spark.executor.extraClassPath=$deep_jar:$jar:$bench_jar" \
        --conf "spark.driver.extraClassPath=$deep_jar:$jar:$bench_jar" \
        "$bench_jar" "$images" "file://$out/deep-scaling" "$1" 2>>"$out/log.txt" | tail -1
}

# alone START: prints examples/s of one process over 12 s from then on, which it warms up for.
alone() {
    OMP_NUM_THREADS=1 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -cp "$bench_jar:$deep_jar:$jar:$SPARK_HOME/jars/*" \
        org.millrace.bench.scaling.LoneReplica "$images" "$1" 12 2>>"$out/log.txt" | tail -1
}

ceilings=()
for ((i = 1; i <= ${BENCH_CEILINGS:-3}; i++)); do
    one=$(alone "$(($(date +%s) + 45))000")
    start=$(($(date +%s) + 45))000
    alone "$start" >"$out/deep-scaling-alone" &
    first=$(alone "$start")
    wait
    second=$(cat "$out/deep-scaling-alone")
    r=$(awk -v o="$one" -v f="$first" -v s="$second" 'BEGIN { printf "%.3f", (f + s) / o }')
    echo "machine $i: a process alone $one examples/s, two that do not know of each other $first and $second, ratio $r"
    ceilings+=("$r")
done
((${#ceilings[@]} == 0)) || echo "machine: median ratio $(printf '%s\n' "${ceilings[@]}" | median)"

ratios=()
quality=ok
for ((i = 1; i <= ${BENCH_PAIRS:-5}; i++)); do
    read -r one _ accuracy gradient _ update < <(executors 1)
    read -r two share joint gradients waiting updates < <(executors 2)
    r=$(awk -v o="$one" -v t="$two" 'BEGIN { printf "%.3f", t / o }')
    echo "pair $i: one $one examples/s (accuracy $accuracy), two $two examples/s (accuracy $joint, synchronization $share), ratio $r"
    echo "    a step of one: gradient $gradient ms, update $update ms; of two: gradient $gradients ms, the slower rank's $waiting ms more, update $updates ms"
    ratios+=("$r")
    # Two see twice the rows in as many steps: they must come as far at least.
    awk -v a="$accuracy" -v j="$joint" 'BEGIN { exit !(j >= a - 0.01) }' || quality=worse
done
rm -rf "$out/deep-scaling" "$out/deep-scaling-alone"
echo "deep-scaling ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=1.85 quality=$quality"
