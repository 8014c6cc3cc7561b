# Common parts of the benchmarks of trees: a table of 1 million rows x 30 features, and each side's seconds and AUC.
# BENCH_ROWS: rows of it; BENCH_PAIRS: pairs of runs.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
rows=${BENCH_ROWS:-1000000}
table=$out/gbt-$rows
# The collector is that of submit/millrace on one machine.
options="--add-modules=jdk.incubator.vector -XX:+UseParallelGC -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties"

# trees CLASS ARGUMENTS...
trees() { spark_submit --conf "spark.driver.extraJavaOptions=$options" --jars "$jar" --class "org.millrace.risk.$1" "$bench_jar" "${@:2}"; }

if [[ ! -f $table/test.parquet/_SUCCESS ]]; then
    trees GbtBench data "$table" "$rows" 200000 >>"$out/log.txt" 2>&1
fi
