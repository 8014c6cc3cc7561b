"""The local variant runs a use case for real and leaves its Parquet."""

import json
import os
from datetime import datetime, timezone
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from conftest import TESTS

THURSDAY = datetime(2026, 1, 1, 4, tzinfo=timezone.utc)
FRIDAY = datetime(2026, 1, 2, 4, tzinfo=timezone.utc)
ROOT = Path(os.environ["MILLRACE_ROOT"])


@pytest.fixture(scope="module")
def bag():
    return DagBag(dag_folder=str(TESTS / "dags"))


def run(dag, date):
    dag_run = dag.test(logical_date=date)
    return {ti.task_id: ti for ti in dag_run.get_task_instances()}


def states(instances):
    return {name: str(ti.state) for name, ti in instances.items()}


def manifest(date):
    return json.loads((ROOT / f"scores/sales/ds={date}/_manifest.json").read_text())


def test_the_first_day_trains_and_scores_and_the_second_scores(bag):
    dag = bag.dags["sales_local"]

    assert states(run(dag, THURSDAY)) == dict.fromkeys(("validate", "is_training_day", "train", "score"), "success")
    first = manifest("2026-01-01")
    for file in first["files"]:
        assert (ROOT / "scores/sales/ds=2026-01-01" / file["name"]).read_bytes()[:4] == b"PAR1"
    assert sum(file["rows"] for file in first["files"]) == 12

    assert states(run(dag, FRIDAY)) == {
        "validate": "success",
        "is_training_day": "success",
        "train": "skipped",
        "score": "success",
    }
    assert manifest("2026-01-02")["model_version"] == first["model_version"]
    assert manifest("2026-01-01") == first, "another day was touched"


def test_the_event_of_the_scores_tells_date_and_manifest(bag):
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        events = [event.extra for event in session.scalars(select(AssetEvent).order_by(AssetEvent.id))]
    assert [event["date"] for event in events] == ["2026-01-01", "2026-01-02"]
    assert all(Path(event["manifest"]).exists() for event in events)


def test_a_wrong_configuration_fails_at_once(bag):
    instances = run(bag.dags["sales_wrong"], THURSDAY)
    # One that may be tried again would be up for retry.
    assert str(instances["validate"].state) == "failed"
    assert str(instances["score"].state) == "upstream_failed"
