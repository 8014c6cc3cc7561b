#!/usr/bin/env bash
# Similar items of all 9,066 films of 100,004 ratings on two cores, exactly: the ratio is 10 seconds over the median of 5 fits (after a
# cold one); quality: NDCG@10 of their lists on held-out ratings above that of popularity.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
spark_submit --jars "$jar" --class org.millrace.bench.recommend.NeighbourSpeed "$bench_jar" \
    "${1:-$home/../shared/data/ratings/movielens_dslabs_ratings.csv.gz}"
