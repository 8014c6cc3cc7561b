#!/usr/bin/env bash
# Synchronous training of the small CNN (28 x 28, batch 64 a rank, Adam): two executors of one core each against one, as
# processes of their own (local-cluster). Five pairs, in turn; the median of the ratios two / one of examples a second,
# which rank 0 measures over 120 steps behind 120 for warming up. deep-scaling.sh [PREFIX]: of the images' gzipped IDX files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
images=${1:-$home/../shared/data/images/t10k}
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package

# executors N: prints examples/s, synchronization share, accuracy.
executors() {
    spark_submit --class org.millrace.bench.scaling.DeepScaling --master "local-cluster[$1,1,2048]" \
        --conf spark.executor.memory=2g --conf spark.executorEnv.OMP_NUM_THREADS=1 \
        --conf "spark.executor.extraClassPath=$deep_jar:$jar:$bench_jar" \
        --conf "spark.driver.extraClassPath=$deep_jar:$jar:$bench_jar" \
        "$bench_jar" "$images" "file://$out/deep-scaling" "$1" 2>>"$out/log.txt" | tail -1
}

ratios=()
quality=ok
for ((i = 1; i <= ${BENCH_PAIRS:-5}; i++)); do
    read -r one _ accuracy < <(executors 1)
    read -r two share joint < <(executors 2)
    r=$(awk -v o="$one" -v t="$two" 'BEGIN { printf "%.3f", t / o }')
    echo "pair $i: one $one examples/s (accuracy $accuracy), two $two examples/s (accuracy $joint, synchronization $share), ratio $r"
    ratios+=("$r")
    # Two see twice the rows in as many steps: they must come as far at least.
    awk -v a="$accuracy" -v j="$joint" 'BEGIN { exit !(j >= a - 0.01) }' || quality=worse
done
rm -rf "$out/deep-scaling"
echo "deep-scaling ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=1.85 quality=$quality"
