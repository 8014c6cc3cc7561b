#!/usr/bin/env bash
# The recommender beside MLlib called directly, same parameters, same split, on real film ratings: RMSE (a quality, not a time),
# NDCG@10 of implicit feedback beside popularity, and the time of top-10 lists beside recommendForAllUsers.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
spark_submit --conf "spark.driver.extraJavaOptions=--add-modules=jdk.incubator.vector -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
    --jars "$jar" --class org.millrace.bench.recommend.AlsBesideMllib "$bench_jar" \
    "${1:-$home/../shared/data/ratings/movielens_dslabs_ratings.csv.gz}"
