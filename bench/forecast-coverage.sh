#!/usr/bin/env bash
# How many values the 80 % intervals of the forecasting use cases hold: each run as it stands in conf/use-cases, on its own data, the figure
# of the newer windows by intervals that were made from the windows before them. forecast-coverage.sh [DATA] (default: ../shared/data) has
# the series that are not in the repository. The ratio is 1 + 0.05 - the mean distance of the five from 0.8; quality is ok where each is 75 to 85 %.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
data=${1:-$home/../shared/data}
prepare() { mkdir -p "target/$1" && python3 "conf/use-cases/prepare/$1.py" "$data/$2" "target/$1/$3.csv"; }
prepare load series/taylor_halfhourly_load.csv load
prepare passengers series/AirPassengers.csv passengers
prepare index stocks/sp500-2000.csv index
root=$out/forecast-coverage
rm -rf "$root"
for name in sales employment load passengers index-forecast; do
    submit/millrace run "conf/use-cases/$name.conf" --root "$root" --date 2026-01-31 --step forecast.backtest >>"$out/log.txt" 2>&1
done
python3 - "$root" <<'PYTHON'
import glob, json, sys
distances, ok = [], True
for file in sorted(glob.glob(sys.argv[1] + "/runs/*/run.json")):
    run = json.load(open(file))
    job = run["jobs"][0]
    metrics = {m["name"]: m for m in job["metrics"]}
    print(run["use_case"] + ": " + ", ".join("%s %.3f" % (m["name"], m["value"]) for m in job["metrics"]))
    for table in job["tables"]:
        if table["title"].startswith("Share of values"):
            for row in table["rows"]:
                print("    " + ", ".join("%s %s" % pair for pair in zip(table["columns"], row)))
    gap = metrics["coverage-80-gap"]["value"]
    distances.append(gap)
    ok &= gap <= 0.05
print("forecast-coverage ratio=%.3f goal=1 quality=%s" % (1.05 - sum(distances) / len(distances), "ok" if ok and len(distances) == 5 else "worse"))
PYTHON
