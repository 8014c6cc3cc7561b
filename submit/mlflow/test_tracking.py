"""What a run writes into a real server of MLflow, read back by MLflow's own client."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from mlflow import MlflowClient

HOME = Path(__file__).resolve().parents[2]
QUICK = (
    "--set",
    "forecast.backtest.methods=[{kind = seasonal-naive}, {kind = drift}]",
    "--set",
    "forecast.backtest.windows=4",
    "--set",
    "forecast.backtest.step=12",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mlflow")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("mlflow")),
            "server",
            "--host=127.0.0.1",
            f"--port={port}",
            "--workers=1",
            f"--backend-store-uri=sqlite:///{folder}/mlflow.db",
            f"--artifacts-destination={folder}/artifacts",
        ],
        cwd=folder,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdout=(folder / "log").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/health", timeout=2)
            break
        except OSError:
            time.sleep(0.5)
    else:
        process.terminate()
        pytest.fail((folder / "log").read_text())
    yield url
    os.killpg(process.pid, 15)
    process.wait(30)


def run(server, root, *options):
    return subprocess.run(
        [
            "submit/millrace", "run", "conf/use-cases/sales.conf", "--date", "2026-01-31", "--root", str(root),
            "--set", f"observe.mlflow.tracking-uri={server}", *QUICK, *options,
        ],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=300,
    )


def report(root):
    return json.loads(max(root.glob("runs/*/run.json")).read_text())


def test_a_run_is_a_run_of_its_use_cases_experiment(server, tmp_path):
    ended = run(server, tmp_path)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "warning" not in ended.stdout
    told = report(tmp_path)
    client = MlflowClient(server)
    experiment = client.get_experiment_by_name("sales")
    [tracked] = client.search_runs([experiment.experiment_id])
    assert tracked.info.status == "FINISHED"
    assert tracked.info.run_name == told["run_id"]
    assert tracked.data.tags["millrace.date"] == "2026-01-31"
    assert tracked.data.tags["millrace.exit-code"] == "0"
    [backtest] = [job for job in told["jobs"] if job["job"] == "forecast.backtest"]
    [model] = backtest["models"]
    assert tracked.data.tags[f"millrace.model.published.{model['kind']}"] == model["version"]
    assert tracked.data.params["forecast.backtest.windows"] == "4"
    for metric in backtest["metrics"]:
        assert tracked.data.metrics[f"forecast.backtest/{metric['name']}"] == pytest.approx(metric["value"])
    assert tracked.data.metrics["forecast.backtest/series/rows-read"] == backtest["inputs"][0]["read"]


def test_a_refused_run_is_a_failed_run_of_the_named_experiment(server, tmp_path):
    ended = run(
        server, tmp_path, "--set", "observe.mlflow.experiment=gates", "--set", "forecast.backtest.gate.at-least=0.0001"
    )

    assert ended.returncode == 4, ended.stdout + ended.stderr
    client = MlflowClient(server)
    [tracked] = client.search_runs([client.get_experiment_by_name("gates").experiment_id])
    assert tracked.info.status == "FAILED"
    assert tracked.data.tags["millrace.exit-code"] == "4"
    assert "gate" in tracked.data.tags["millrace.message"]
