# Common parts of the benchmarks: where things are, how a Spark program is started, medians.
bench_home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(dirname "$bench_home")
out=${BENCH_OUT:-$home/target/bench}
jar=$home/jobs/all/target/millrace.jar
bench_jar=$bench_home/target/millrace-bench-0.1.0-SNAPSHOT.jar
export SPARK_HOME=${SPARK_HOME:-$home/target/spark} SPARK_SCALA_VERSION=2.12 MILLRACE_HOME=$home
if [[ ! -f $jar || ! -f $bench_jar || ! -d $SPARK_HOME/jars ]]; then
    mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package
fi
mkdir -p "$out"
cd "$home"

# The same JVM, memory, master and logging for both sides.
spark_submit() {
    local -a command
    mapfile -d '' -t command < <("${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$SPARK_HOME/jars/*" \
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit \
        --master "local[${BENCH_CORES:-2}]" --driver-memory "${BENCH_MEMORY:-3g}" \
        --conf spark.ui.enabled=false \
        --conf spark.driver.host=localhost --conf spark.driver.bindAddress=127.0.0.1 \
        --conf "spark.driver.extraJavaOptions=-Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
        "$@" | tr -d '\n')
    [[ -n ${command[0]} ]] || command=("${command[@]:1}")
    # As submit/millrace sets it; peers are as they come.
    OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive} "${command[@]}"
}

# seconds COMMAND...: wall time, with the command's output in a file.
seconds() {
    local from to
    from=$(date +%s%N)
    "$@" >>"$out/log.txt" 2>&1
    to=$(date +%s%N)
    awk -v ns=$((to - from)) 'BEGIN { printf "%.3f", ns / 1e9 }'
}

median() {
    sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
