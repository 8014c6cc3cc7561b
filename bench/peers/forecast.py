"""statsforecast over many series: forecast.py METHOD CASES OUT CORES [LIMIT]

METHOD  auto-arima, ets, theta (the standard one), theta-optimised, theta-auto or mstl, each with statsforecast's
        own defaults
CASES   csv: id, period, horizon, values (the past, blanks between); several periods have ; between
OUT     csv: id, step, mean, lower80, upper80

The last line is series, seconds and series per second of all cases (the first LIMIT of them). Each of CORES
processes forecasts two cases of each period as a warm-up, waits for the others, and then forecasts its share:
the seconds are those of the slowest one, without the start of processes and what is compiled in them.
"""

import csv
import multiprocessing
import sys
import time
from collections import defaultdict

import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoARIMA, AutoETS, AutoTheta, OptimizedTheta, Theta

csv.field_size_limit(10**8)

MODELS = {
    "auto-arima": lambda periods: AutoARIMA(season_length=periods[0]),
    "ets": lambda periods: AutoETS(season_length=periods[0]),
    "theta": lambda periods: Theta(season_length=periods[0]),
    "theta-optimised": lambda periods: OptimizedTheta(season_length=periods[0]),
    "theta-auto": lambda periods: AutoTheta(season_length=periods[0]),
    "mstl": lambda periods: MSTL(season_length=list(periods)),
}


def frame(cases):
    ids, steps, values = [], [], []
    for case in cases:
        numbers = [float(v) for v in case["values"].split(" ")]
        ids += [case["id"]] * len(numbers)
        steps += range(1, len(numbers) + 1)
        values += numbers
    return pd.DataFrame({"unique_id": ids, "ds": steps, "y": values})


def work(method, cases, barrier, queue):
    groups = defaultdict(list)
    for case in cases:
        groups[case["period"], int(case["horizon"])].append(case)
    ready = []
    for (period, horizon), group in groups.items():
        periods = [int(p) for p in period.split(";")]
        engine = StatsForecast(models=[MODELS[method](periods)], freq=1, n_jobs=1)
        engine.forecast(df=frame(group[:2]), h=horizon, level=[80])
        ready.append((engine, frame(group), horizon))
    barrier.wait()
    begin = time.perf_counter()
    answers = [engine.forecast(df=data, h=horizon, level=[80]) for engine, data, horizon in ready]
    seconds = time.perf_counter() - begin
    rows = []
    for answer, (_, data, _) in zip(answers, ready):
        name = [c for c in answer.columns if c not in ("unique_id", "ds") and "-" not in c][0]
        last = data.groupby("unique_id")["ds"].max()
        for r in answer.itertuples(index=False, name=None):
            row = dict(zip(answer.columns, r))
            step = int(row["ds"] - last[row["unique_id"]])
            rows.append([row["unique_id"], step, row[name], row[f"{name}-lo-80"], row[f"{name}-hi-80"]])
    queue.put((seconds, rows))


def main():
    method, path, out, cores = sys.argv[1:5]
    if method not in MODELS:
        raise SystemExit(f"no such method: {method}")
    with open(path, newline="") as file:
        cases = list(csv.DictReader(file))
    if len(sys.argv) > 5:
        cases = cases[: int(sys.argv[5])]
    shares = [share for share in (cases[i :: int(cores)] for i in range(int(cores))) if share]
    barrier = multiprocessing.Barrier(len(shares))
    queue = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=work, args=(method, share, barrier, queue)) for share in shares
    ]
    for process in processes:
        process.start()
    answers = []
    while len(answers) < len(processes):
        if any(process.exitcode for process in processes):
            raise SystemExit("a process failed; see above")
        if not queue.empty():
            answers.append(queue.get())
        time.sleep(0.02)
    for process in processes:
        process.join()
    with open(out, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "step", "mean", "lower80", "upper80"])
        for _, share in answers:
            rows.writerows(share)
    seconds = max(seconds for seconds, _ in answers)
    print(f"{len(cases)} {seconds:.3f} {len(cases) / seconds:.4f}")


if __name__ == "__main__":
    main()
