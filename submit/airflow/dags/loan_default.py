"""The loans of conf/use-cases/loan-default.conf, each day, on three kinds of clusters; copy this file for your own.

Airflow's machines set MILLRACE_HOME (where Millrace is installed) and MILLRACE_ROOT (where it publishes).
"""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path

from airflow.sdk import DAG, task
from millrace_dags import Kubernetes, Launcher, UseCase, Yarn, daily

HOME = os.environ.get("MILLRACE_HOME", "/opt/millrace")
FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)


def loans(root: str, file: str = f"{HOME}/conf/use-cases/loan-default.conf") -> UseCase:
    return UseCase(
        name="loan-default",
        file=file,
        root=root,
        train=["risk.train"],
        score=["risk.score"],
        drift=["risk.drift"],
    )


here = loans(os.environ.get("MILLRACE_ROOT", "/var/lib/millrace"))
local = daily(here, Launcher(home=HOME), start_date=FIRST_DAY)

yarn = daily(
    loans("hdfs:///millrace"),
    Yarn(jar=f"{HOME}/jobs/all/target/millrace.jar", properties=f"{HOME}/conf/spark/cpu.properties"),
    start_date=FIRST_DAY,
)

kubernetes = daily(
    # The image carries the use-case files.
    loans("s3a://millrace", file="/opt/millrace/conf/use-cases/loan-default.conf"),
    Kubernetes(application=str(Path(__file__).with_name("spark-application.yaml")), namespace="spark"),
    start_date=FIRST_DAY,
)

# Starts whenever a date's scores appear, also when a day is run again.
with DAG(
    "loan_default_letters", schedule=[here.scores], start_date=FIRST_DAY, catchup=False, tags=["millrace"]
) as letters:

    @task
    def write_letters(triggering_asset_events=None) -> list[str]:
        """Stands for whatever uses the scores: it gets the date and the manifest of each new partition."""
        return [event.extra["manifest"] for events in triggering_asset_events.values() for event in events]

    write_letters()
