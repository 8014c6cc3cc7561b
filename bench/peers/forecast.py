"""statsforecast over many series: forecast.py METHOD CASES OUT CORES [LIMIT]

METHOD  auto-arima, ets, theta or mstl, each with statsforecast's own defaults
CASES   csv: id, period, horizon, values (the past, blanks between); several periods have ; between
OUT     csv: id, step, mean, lower80, upper80

The last line is series, seconds and series per second of all cases (the first LIMIT of them) on CORES
processes; two cases of each period are fitted before as a warm-up.
"""

import csv
import sys
import time
from collections import defaultdict

import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoARIMA, AutoETS, AutoTheta

csv.field_size_limit(10**8)


def model(method, periods):
    if method == "auto-arima":
        return AutoARIMA(season_length=periods[0])
    if method == "ets":
        return AutoETS(season_length=periods[0])
    if method == "theta":
        return AutoTheta(season_length=periods[0])
    if method == "mstl":
        return MSTL(season_length=list(periods))
    raise SystemExit(f"no such method: {method}")


def frame(cases):
    ids, steps, values = [], [], []
    for case in cases:
        numbers = [float(v) for v in case["values"].split(" ")]
        ids += [case["id"]] * len(numbers)
        steps += range(1, len(numbers) + 1)
        values += numbers
    return pd.DataFrame({"unique_id": ids, "ds": steps, "y": values})


def main():
    method, path, out, cores = sys.argv[1:5]
    with open(path, newline="") as file:
        cases = list(csv.DictReader(file))
    if len(sys.argv) > 5:
        cases = cases[: int(sys.argv[5])]
    groups = defaultdict(list)
    for case in cases:
        groups[case["period"], int(case["horizon"])].append(case)
    seconds = 0.0
    with open(out, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "step", "mean", "lower80", "upper80"])
        for (period, horizon), group in groups.items():
            periods = [int(p) for p in period.split(";")]
            engine = StatsForecast(models=[model(method, periods)], freq=1, n_jobs=int(cores))
            engine.forecast(df=frame(group[:2]), h=horizon, level=[80])
            data = frame(group)
            begin = time.perf_counter()
            answer = engine.forecast(df=data, h=horizon, level=[80])
            seconds += time.perf_counter() - begin
            name = [c for c in answer.columns if c not in ("unique_id", "ds") and "-" not in c][0]
            first = data.groupby("unique_id")["ds"].max()
            for r in answer.itertuples(index=False, name=None):
                row = dict(zip(answer.columns, r))
                step = int(row["ds"] - first[row["unique_id"]])
                rows.writerow([row["unique_id"], step, row[name], row[f"{name}-lo-80"], row[f"{name}-hi-80"]])
    print(f"{len(cases)} {seconds:.3f} {len(cases) / seconds:.4f}")


if __name__ == "__main__":
    main()
