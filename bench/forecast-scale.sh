#!/usr/bin/env bash
# Time and memory of forecast.score by the number of series: 1,000, 4,000 and 16,000 monthly series of 120 points, each forecast by the
# same method. Measured is the step that forecasts and publishes, in one process that runs all counts by turns, BENCH_PAIRS rounds (3)
# behind one for warming up; what it takes for 10 series is what every run costs, however few they are, and is taken off. The slope is the
# regression's of log time on log series, of the medians: the ratio. Memory is measured in a process of its own for each count, with a heap of a
# fixed size (BENCH_HEAP, 1,280 megabytes) that is touched before it starts: what is in use behind collections, and native memory.
# usage: bench/run forecast-scale [METHOD]   (default: auto-arima)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
method=${1:-auto-arima}
heap=${BENCH_HEAP:-1280}
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

# use_case NAME SERIES STEPS
use_case() {
    cat >"$folder/$1.conf" <<CONF
use-case = scale
steps = [$3]
root = "$folder/root"
data-schemas = "$home/bench/data-schemas"
forecast {
  backtest {
    series { path = "$folder/10.csv", contract = series.v1 }
    layout { shape.rows.key = [series], frequency = month }
    methods = [{ kind = $method }]
    horizon = 12
    windows = 2
  }
  score {
    series { path = "$folder/$2.csv", contract = series.v1 }
    layout = \${forecast.backtest.layout}
    horizon = 12
  }
}
CONF
}

program() {
    spark_submit --conf spark.sql.shuffle.partitions=4 --conf spark.serializer=org.apache.spark.serializer.KryoSerializer --jars "$jar" "$@"
}

counts=(10 1000 4000 16000)
files=()
for count in "${counts[@]}"; do
    table "$count"
    use_case "$count" "$count" forecast.score
    files+=("$folder/$count.conf")
done
use_case model 10 forecast.backtest
program --class org.millrace.bench.ManyRuns "$bench_jar" 1 "$folder/model.conf" >>"$out/log.txt" 2>&1
program --class org.millrace.bench.ManyRuns "$bench_jar" $((${BENCH_PAIRS:-3} + 1)) "${files[@]}" >>"$out/log.txt" 2>&1

for count in "${counts[@]:1}"; do
    BENCH_MEMORY=${heap}m program --class org.millrace.bench.memory.PeakMemory \
        --conf "spark.driver.extraJavaOptions=-Xms${heap}m -XX:+AlwaysPreTouch -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
        "$bench_jar" run "$folder/$count.conf" --date 2026-01-31 2>>"$out/log.txt" | tail -1 >"$folder/$count.memory"
    read -r used native _ <"$folder/$count.memory"
    echo "$count series: heap $used MB behind collections, native $native MB"
done

python3 - "$folder/root/runs" "$folder" "$heap" "${BENCH_PAIRS:-3}" "${counts[@]}" <<'PYTHON'
import glob, json, math, statistics, sys
runs, folder, heap, pairs, counts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), [int(c) for c in sys.argv[5:]]
seconds = {}
for file in glob.glob(runs + "/*/run.json"):
    run = json.load(open(file))
    job = run["jobs"][-1]
    if job["job"] != "forecast.score":
        continue
    output = job["outputs"][0]
    took = sum(s["seconds"] for s in job["steps"] if s["name"].startswith("publish"))
    seconds.setdefault(output["scored"], []).append((run["started_at"], took))
ok = sorted(seconds) == counts
# The first round warms up; the last run of each is the one whose memory was measured.
median = {n: statistics.median(s for _, s in sorted(took)[1 : 1 + pairs]) for n, took in seconds.items()}
for n in counts:
    print("%d series: %.2f s, %.0f series/s" % (n, median[n], n / median[n]))
x = [math.log(n) for n in counts[1:]]
y = [math.log(median[n] - median[counts[0]]) for n in counts[1:]]
slope = statistics.covariance(x, y) / statistics.variance(x)
memory = [heap + int(open("%s/%d.memory" % (folder, n)).read().split()[1]) for n in counts[1:]]
print("without the %.2f s of every run: slope %.3f; heap and native memory %s MB" % (median[counts[0]], slope, memory))
print("forecast-scale ratio=%.3f goal=1.00 quality=%s" % (slope, "ok" if ok and abs(slope - 1) <= 0.05 else "worse"))
PYTHON
