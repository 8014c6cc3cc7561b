#!/usr/bin/env bash
# Memory of deep.train with 10 x the examples: BENCH_PICTURES (20,000) and ten times as many pictures of 28 x 28, the fewer in ten times
# the epochs, so that both take as many steps and what a process takes by running longer is not counted; two ranks in one process
# whose heap is of a fixed size (BENCH_MEMORY, 768m: megabytes) and touched as a whole before it starts, so that the heap's growth by
# garbage does not count. Prints the peaks: heap in use behind collections; native memory, of the process's own beyond the heap;
# mapped files, which the kernel takes back. The ratio is of heap size and native memory together, small / large.
# deep-memory.sh [PREFIX]: of the images' gzipped IDX files.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
images=${1:-$home/../shared/data/images/t10k}
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package
memory=${BENCH_MEMORY:-768m}
pictures=${BENCH_PICTURES:-20000}

# train COUNT EPOCHS: prints heap behind collections, native memory, mapped files, in MB.
train() {
    local table=$out/pictures-$1
    [[ -d $table ]] || spark_submit --class org.millrace.bench.memory.PictureTable --jars "$jar,$deep_jar" \
        "$bench_jar" "$images" "$1" "$table" >>"$out/log.txt" 2>&1
    rm -rf "$out/deep-memory"
    OMP_NUM_THREADS=1 BENCH_MEMORY=$memory spark_submit --class org.millrace.bench.memory.PeakMemory \
        --conf "spark.driver.extraClassPath=$deep_jar:$jar:$bench_jar" \
        --conf "spark.driver.extraJavaOptions=-Xms$memory -XX:+AlwaysPreTouch -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
        "$bench_jar" run bench/use-cases/deep-memory.conf --root "$out/deep-memory" --date 2026-01-31 \
        --set "deep.train.examples.path=\"$table\"" --set "deep.train.training.epochs=$2" 2>>"$out/log.txt" | tee -a "$out/log.txt" | tail -1
}

read -r heap native files < <(train "$pictures" 20)
echo "$pictures examples: heap $heap MB behind collections, native $native MB, mapped files $files MB"
read -r heap10 native10 files10 < <(train "${pictures}0" 2)
echo "${pictures}0 examples: heap $heap10 MB behind collections, native $native10 MB, mapped files $files10 MB"
rm -rf "$out/deep-memory"
awk -v o="$native" -v t="$native10" -v h="${memory%m}" \
    'BEGIN { printf "deep-memory ratio=%.3f goal=0.95 quality=ok\n", (h + o) / (h + t) }'
