#!/usr/bin/env bash
# Synchronous training of the small CNN (28 x 28, batch 64 a rank, Adam) on two executors of one core each against dl4j-spark's
# parameter averaging on the same, as it comes and as its users drive it: minibatches written once, fitPaths, prefetch 2, DL4J's
# cache of convolutions. Its best setting: of averaging every 5, 10 and 20 steps (BENCH_EVERY) the fastest whose accuracy is within
# a point of the synchronous one's, or the fastest where none is. Each setting is tried once, the best one then runs in three pairs,
# in turn. Beside it, out of the ratio: dl4j-spark with oneDNN, which DL4J as it comes cannot use and Millrace's jar lets it, and the
# averaging that Millrace has around DL4J's master. The median of the ratios synchronous / dl4j-spark of examples a second over 120
# steps behind 40 for warming up.
# deep-vs-averaging.sh [PREFIX]: of the images' gzipped IDX files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
images=${1:-$home/../shared/data/images/t10k}
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package
published=-Dorg.eclipse.deeplearning4j.helpers.disable=true
onednn="-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2 -Dorg.eclipse.deeplearning4j.helpers.disable=false"

# train CLASS EVERY [JVM OPTIONS]: prints examples/s, share of time that is not training, accuracy.
train() {
    spark_submit --class "org.millrace.bench.scaling.$1" --master "local-cluster[2,1,2048]" \
        --conf spark.executor.memory=2g --conf spark.executorEnv.OMP_NUM_THREADS=1 \
        --conf "spark.executor.extraJavaOptions=${3:--Dmillrace.deep.onednn=true}" \
        --conf "spark.executor.extraClassPath=$deep_jar:$jar:$bench_jar" \
        --conf "spark.driver.extraClassPath=$deep_jar:$jar:$bench_jar" \
        "$bench_jar" "$images" "file://$out/deep-vs-averaging" "$2" 2>>"$out/log.txt" | tail -1
}

ratios=()
with=()
quality=ok
read -r synchronous share accuracy < <(train DeepAveraging 0)
echo "synchronous $synchronous examples/s (accuracy $accuracy, not training $share)"
best=0 best_every=0 fastest=0 fastest_every=0
for every in ${BENCH_EVERY:-5 10 20}; do
    read -r speed _ averaged < <(train Dl4jSpark "$every" "$published")
    echo "dl4j-spark, averaging every $every steps, $speed examples/s (accuracy $averaged)"
    if awk -v s="$speed" -v b="$fastest" 'BEGIN { exit !(s > b) }'; then
        fastest=$speed fastest_every=$every
    fi
    if awk -v s="$speed" -v b="$best" -v a="$accuracy" -v v="$averaged" 'BEGIN { exit !(v >= a - 0.01 && s > b) }'; then
        best=$speed best_every=$every
    fi
    # More accurate than synchronous training, it is not to be beaten by speed alone. Of 1,000 images two points are chance.
    awk -v a="$accuracy" -v v="$averaged" 'BEGIN { exit !(v > a + 0.02) }' && quality=worse
done
[[ $best_every != 0 ]] || best_every=$fastest_every
read -r speed share averaged < <(train DeepAveraging "$best_every")
echo "Millrace's parameter averaging every $best_every steps, $speed examples/s (accuracy $averaged, not training $share)"
for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
    read -r synchronous _ accuracy < <(train DeepAveraging 0)
    read -r speed _ averaged < <(train Dl4jSpark "$best_every" "$published")
    read -r helped _ onednn_averaged < <(train Dl4jSpark "$best_every" "$onednn")
    r=$(awk -v s="$synchronous" -v b="$speed" 'BEGIN { printf "%.3f", s / b }')
    h=$(awk -v s="$synchronous" -v b="$helped" 'BEGIN { printf "%.3f", s / b }')
    echo "pair $i: synchronous $synchronous (accuracy $accuracy), dl4j-spark every $best_every steps $speed (accuracy $averaged), ratio $r;" \
        "with Millrace's oneDNN $helped (accuracy $onednn_averaged), ratio $h"
    ratios+=("$r")
    with+=("$h")
done
rm -rf "$out/deep-vs-averaging"
echo "with Millrace's oneDNN on both sides: median ratio $(printf '%s\n' "${with[@]}" | median)"
echo "deep-vs-averaging ratio=$(printf '%s\n' "${ratios[@]}" | median) goal=2 quality=$quality"
