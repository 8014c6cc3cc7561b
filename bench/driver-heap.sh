#!/usr/bin/env bash
# Whether the driver's heap grows with the data: the recommendation use case on real ratings and on ten copies of their users,
# executors in processes of their own (local-cluster). Measured: the most that the driver's heap held after a collection.
# The ratio is 1x / 10x: 1 where nothing grows.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
ratings=${1:-$home/../shared/data/ratings/movielens_dslabs_ratings.csv.gz}

copies() { # copies N FILE: N copies of all ratings, each with users of its own
    python3 - "$ratings" "$1" "$2" <<'PY'
import csv, gzip, sys
source, copies, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with gzip.open(source, "rt", newline="") as lines:
    rows = list(csv.reader(lines))
with open(target, "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for copy in range(copies):
        writer.writerows([f"{row[0]}-{copy}", *row[1:]] for row in rows[1:])
PY
}

peak() { # peak N: MiB on the driver's heap after collections, at the most
    local data=$out/ratings-$1.csv log=$out/gc-$1.log
    copies "$1" "$data"
    rm -f "$log"
    spark_submit --master "local-cluster[2,1,1200]" --conf spark.executor.memory=1000m \
        --driver-memory "${BENCH_DRIVER:-600m}" \
        --conf "spark.driver.extraJavaOptions=-Xlog:gc*:file=$log -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
        --class org.millrace.Main "$jar" run conf/use-cases/film-ratings.conf \
        --root "$out/root" --date 2026-01-01 \
        --set "recommend.train-als.ratings.path=\"$data\"" \
        --set recommend.train-als.feedback.explicit.biases=off --set recommend.train-als.grid.rank=[16] \
        --set recommend.train-als.gate=null --set spark.sql.shuffle.partitions=8 >>"$out/log.txt" 2>&1
    python3 - "$log" <<'PY'
import re, sys
after = [int(m) for m in re.findall(r"Pause .*?\d+M->(\d+)M\(", open(sys.argv[1]).read())]
print(max(after))
PY
}

one=$(peak 1)
ten=$(peak 10)
echo "driver heap after collections, at the most: 1x $one MiB, 10x $ten MiB (100,004 and 1,000,040 ratings)"
ratio=$(awk -v a="$one" -v b="$ten" 'BEGIN { printf "%.2f", a / b }')
rows=$(python3 - "$out/root/scores/film-ratings/ds=2026-01-01/_manifest.json" <<'PY'
import json, sys
print(json.load(open(sys.argv[1]))["rows"]["scored"])
PY
)
quality=$([[ $rows == 6710 ]] && echo ok || echo worse)
echo "driver-heap ratio=$ratio goal=0.80 quality=$quality"
