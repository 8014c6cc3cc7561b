#!/usr/bin/env bash
# Synchronous training of the small CNN (28 x 28, batch 64 a rank, Adam) on two executors of one core each against
# dl4j-spark's parameter averaging on the same, prefetch 2, at the better of averaging every 5 and 10 steps: the fastest
# whose accuracy is within a point of the synchronous one's, or the fastest where none is. Both settings are tried once,
# the better one then runs in three pairs, in turn. BENCH_EVERY="1 5 10" tries averaging every step too, whose rounds
# are so slow that it takes minutes by itself. Both with the same native kernels; beside it, out of the ratio, averaging
# with the plain kernels that DL4J comes with. The median of the ratios synchronous / averaging of examples a second over
# 120 steps behind 40 for warming up. deep-vs-averaging.sh [PREFIX]: of the images' gzipped IDX files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
images=${1:-$home/../shared/data/images/t10k}
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package

# train EVERY [JVM OPTION]: prints examples/s, share of time that is not training, accuracy.
train() {
    spark_submit --class org.millrace.bench.scaling.DeepAveraging --master "local-cluster[2,1,2048]" \
        --conf spark.executor.memory=2g --conf spark.executorEnv.OMP_NUM_THREADS=1 \
        --conf "spark.executor.extraJavaOptions=${2:--Dmillrace.deep.onednn=true}" \
        --conf "spark.executor.extraClassPath=$deep_jar:$jar:$bench_jar" \
        --conf "spark.driver.extraClassPath=$deep_jar:$jar:$bench_jar" \
        "$bench_jar" "$images" "file://$out/deep-vs-averaging" "$1" 2>>"$out/log.txt" | tail -1
}

ratios=()
quality=ok
read -r synchronous share accuracy < <(train 0)
echo "synchronous $synchronous examples/s (accuracy $accuracy, not training $share)"
best=0 best_every=0 fastest=0 fastest_every=0
for every in ${BENCH_EVERY:-5 10}; do
    read -r speed share averaged < <(train "$every")
    echo "averaging every $every steps $speed examples/s (accuracy $averaged, not training $share)"
    if awk -v s="$speed" -v b="$fastest" 'BEGIN { exit !(s > b) }'; then
        fastest=$speed fastest_every=$every
    fi
    if awk -v s="$speed" -v b="$best" -v a="$accuracy" -v v="$averaged" 'BEGIN { exit !(v >= a - 0.01 && s > b) }'; then
        best=$speed best_every=$every
    fi
    # More accurate than synchronous training, it is not to be beaten by speed alone.
    awk -v a="$accuracy" -v v="$averaged" 'BEGIN { exit !(v > a + 0.01) }' && quality=worse
done
[[ $best_every != 0 ]] || best_every=$fastest_every
read -r plain _ averaged < <(train "$best_every" -Dmillrace.deep.onednn=false)
echo "averaging every $best_every steps, DL4J's plain kernels, $plain examples/s (accuracy $averaged)"
for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
    read -r synchronous _ accuracy < <(train 0)
    read -r speed _ averaged < <(train "$best_every")
    r=$(awk -v s="$synchronous" -v b="$speed" 'BEGIN { printf "%.3f", s / b }')
    echo "pair $i: synchronous $synchronous (accuracy $accuracy), averaging every $best_every steps $speed (accuracy $averaged), ratio $r"
    ratios+=("$r")
done
rm -rf "$out/deep-vs-averaging"
echo "deep-vs-averaging ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=2 quality=$quality"
