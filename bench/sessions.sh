#!/usr/bin/env bash
# Sessions and trailing windows over 3 million flights as events, beside window functions of Spark SQL written by hand, by turns in one
# process (medians of 5 after a round of warming up). The ratio is the lesser of both; the results must be equal.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
spark_submit --conf "spark.driver.extraJavaOptions=-Duser.timezone=UTC -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
    --jars "$jar" --class org.millrace.bench.features.SessionsBesideSql "$bench_jar" \
    "${1:-$home/../shared/data/scale/flights-3m.parquet}"
