"""The use case of the tests that run Airflow: the sales of the repository, with quick methods.

One DAG is wrong on purpose.
"""

import os
from datetime import datetime, timezone

from millrace_dags import Launcher, UseCase, daily

HOME = os.environ["MILLRACE_HOME"]
QUICK = (
    "--set",
    "forecast.backtest.methods=[{kind = seasonal-naive}, {kind = drift}]",
    "--set",
    "forecast.backtest.windows=4",
    "--set",
    "forecast.backtest.step=12",
)
FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)

SALES = UseCase(
    name="sales",
    file="conf/use-cases/sales.conf",
    root=os.environ["MILLRACE_ROOT"],
    train=["forecast.backtest"],
    score=["forecast.score"],
)

good = daily(SALES, Launcher(home=HOME, options=QUICK), start_date=FIRST_DAY, retries=1)
wrong = daily(
    SALES,
    Launcher(home=HOME, options=("--set", "forecast.score.no-such-key=1"), name="wrong"),
    start_date=FIRST_DAY,
    retries=1,
)
