#!/usr/bin/env bash
# The automatic choice beside each method alone, and how many values the corrected intervals of 80 % hold: forecast.backtest over all
# open monthly, quarterly and yearly series (those of the repository, those that come with R where it is there, BENCH_SERIES), 12 windows
# six months apart, a year ahead; and where R has its package AER (Debian: r-cran-aer) over 65 others, on which nothing was picked.
# The choice and the intervals of each window are made from windows that were over at its origin. The ratio is the least of the mean
# MASE of the best single method over that of the automatic choice; the quality is ok where the shares are 75 to 85 %.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/forecast.sh"

# choice NAME FOLDER...: runs the backtest over the series of some folders; "RATIO SHARE" on the last line.
choice() {
    local name=$1 folder=$out/forecast-choice/$1
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    java_class OpenSeriesTable "$folder/series.csv" "$@"
    cat >"$folder/choice.conf" <<CONF
use-case = choice
steps = [forecast.backtest]
root = "$folder/root"
data-schemas = "$home/bench/data-schemas"
forecast.backtest {
  series { path = "$folder/series.csv", contract = series.v1 }
  layout { shape.rows.key = [series] }
  methods = [
    { kind = seasonal-naive }
    { kind = drift }
    { kind = theta }
    { kind = ets }
    { kind = auto-arima }
    { kind = combination, combination.of = [ets, auto-arima] }
    { kind = combination, combination { of = [ets, theta, auto-arima], average = median } }
  ]
  horizon = 12
  windows = ${BENCH_WINDOWS:-12}
  step = 6
  min-history = 48
  effort.time-limit = 10 minutes
}
CONF
    spark_submit --conf spark.sql.shuffle.partitions=4 --class org.millrace.Main "$jar" run "$folder/choice.conf" --date 2026-01-31 \
        >>"$out/log.txt" 2>&1
    python3 - "$name" "$folder"/root/runs/*/run.json <<'PYTHON'
import json, sys

run = json.load(open(sys.argv[2]))
job = run["jobs"][0]
for table in job["tables"][:3]:
    print(table["title"])
    for row in [table["columns"]] + table["rows"]:
        print("  " + "".join("%-*s" % (54 if i == 0 else 16, cell) for i, cell in enumerate(row)))
mase = next(m for m in job["metrics"] if m["name"] == "mase")
held = float(job["tables"][1]["rows"][0][3])
single = {name: value for name, value in mase["baselines"].items() if "(" not in name}
best = min(single, key=single.get)
print("%s series, mean MASE: automatic choice %.4f, best single method %s %.4f" % (sys.argv[1], mase["value"], best, single[best]))
print("%.3f %.4f" % (single[best] / mase["value"], held))
PYTHON
}

rm -rf "$work/series"
mkdir -p "$work/series"
cp "$home"/data/series/*.csv "$work/series/"
if have_r; then Rscript "$bench_home/peers/forecast-series.R" "$work/series"; fi
figures=$out/forecast-choice-figures.txt
choice open "$work/series" ${BENCH_SERIES:+"$BENCH_SERIES"} | tee >(cat >&2) | tail -1 >"$figures"
if Rscript -e 'library(AER)' >/dev/null 2>&1; then
    rm -rf "$work/other-series"
    Rscript "$bench_home/peers/forecast-other-series.R" "$work/other-series"
    choice other "$work/other-series" | tee >(cat >&2) | tail -1 >>"$figures"
else
    echo "without R's package AER, whose series are left out"
fi
awk '{ if (NR == 1 || $1 < r) r = $1; bad += $2 < 0.75 || $2 > 0.85 }
    END { printf "forecast-choice ratio=%.3f goal=1.00 quality=%s\n", r, bad ? "worse" : "ok" }' "$figures"
