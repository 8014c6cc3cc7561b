#!/usr/bin/env bash
# Time and memory of forecast.score by the number of series: 1,000, 4,000 and 16,000 monthly series of 120 points, each forecast by the
# same method. Measured is the step that forecasts and publishes, behind a backtest of 4,000 series in the same process, which warms it up;
# what it takes for 10 series is what every run costs, however few they are, and is taken off. The slope is that of log time over log
# series from the smallest to the largest, medians of BENCH_PAIRS runs (3); the peak is the resident size of the process. The ratio is the slope.
# usage: bench/run forecast-scale [METHOD]   (default: auto-arima)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
method=${1:-auto-arima}
folder=$out/forecast-scale
rm -rf "$folder"
mkdir -p "$folder"

# A level, a trend, a season and noise for each series, from its own seed.
table() {
    awk -v series="$1" 'BEGIN {
        print "series,timestamp,value"
        for (s = 1; s <= series; s++) {
            srand(s)
            level = 50 + 1000 * rand(); trend = rand() - 0.3; season = level * rand() / 3; phase = 6.283185 * rand(); last = 0
            for (m = 0; m < 120; m++) {
                last = 0.5 * last + level / 20 * (rand() + rand() + rand() - 1.5)
                printf "s%d,%d-%02d-01T00:00:00Z,%.3f\n", s, 2014 + int(m / 12), m % 12 + 1,
                    level + trend * m + season * sin(6.283185 * m / 12 + phase) + last
            }
        }
    }' >"$folder/$1.csv"
}

use_case() {
    cat >"$folder/$1.conf" <<EOF
use-case = scale-$1
steps = [forecast.backtest, forecast.score]
root = "$folder/root"
data-schemas = "$home/bench/data-schemas"
forecast {
  backtest {
    series { path = "$folder/4000.csv", contract = series.v1 }
    layout { shape.rows.key = [series], frequency = month }
    methods = [{ kind = $method }]
    horizon = 12
    windows = 2
  }
  score {
    series { path = "$folder/$1.csv", contract = series.v1 }
    layout = \${forecast.backtest.layout}
    horizon = 12
  }
}
EOF
}

# Seconds of the last step of the run (forecast and publish), and the peak resident size in MB.
measure() {
    /usr/bin/env time -f %M -o "$folder/rss" bash -c "source '$bench_home/lib.sh'; spark_submit --conf spark.sql.shuffle.partitions=4 \
        --conf spark.serializer=org.apache.spark.serializer.KryoSerializer \
        --class org.millrace.Main '$jar' run '$folder/$1.conf' --date 2026-01-31" >>"$out/log.txt" 2>&1
    python3 - "$folder/root/runs" "scale-$1" "$folder/rss" <<'EOF'
import glob, json, sys
run = json.load(open(sorted(glob.glob("%s/%s-2*/run.json" % (sys.argv[1], sys.argv[2])))[-1]))
score = [j for j in run["jobs"] if j["job"] == "forecast.score"][0]
seconds = sum(s["seconds"] for s in score["steps"] if s["name"].startswith("publish"))
output = score["outputs"][0]
print("%.3f %.0f %d" % (seconds, int(open(sys.argv[3]).read().split()[-1]) / 1024, output["scored"]))
EOF
}

counts=(10 1000 4000 16000)
for count in "${counts[@]}"; do table "$count"; done
: >"$folder/figures.txt"
for count in "${counts[@]}"; do
    use_case "$count"
    rm -f "$folder/times.txt"
    for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do measure "$count" >>"$folder/times.txt"; done
    seconds=$(cut -d' ' -f1 "$folder/times.txt" | median)
    rss=$(cut -d' ' -f2 "$folder/times.txt" | median)
    echo "$count series: $seconds s, $(awk -v n="$count" -v s="$seconds" 'BEGIN { printf "%.1f", n / s }') series/s, peak $rss MB"
    echo "$count $seconds $rss $(tail -1 "$folder/times.txt" | cut -d' ' -f3)" >>"$folder/figures.txt"
done
awk '{ n[NR] = $1; s[NR] = $2; r[NR] = $3; bad += $4 != $1 } END {
    slope = log((s[NR] - s[1]) / (s[2] - s[1])) / log(n[NR] / n[2])
    late = log((s[NR] - s[1]) / (s[3] - s[1])) / log(n[NR] / n[3])
    printf "without the %.1f s of every run: slope %.3f from %d to %d series, %.3f from %d; with them %.3f; peak memory %d to %d MB\n", s[1], slope, n[2], n[NR], late, n[3], log(s[NR] / s[2]) / log(n[NR] / n[2]), r[2], r[NR]
    printf "forecast-scale ratio=%.3f goal=1.00 quality=%s\n", slope, (bad || slope > 1.05 || slope < 0.95) ? "worse" : "ok"
}' "$folder/figures.txt"
