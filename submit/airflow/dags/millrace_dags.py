"""DAGs of a Millrace use case: one factory, one way of submitting for each kind of cluster.

The tasks only call Millrace's command line, with the date in it; all else is in the use-case file. A run of the same
use case and date replaces what the last one published and changes nothing else, so that retries, catching up and
clearing a task are safe; two at once are refused by Millrace's lock, and the second one is retried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import ShortCircuitOperator
from airflow.sdk import DAG, Asset, BaseOperator, Param, RetryDecision, RetryPolicy

# The date of the partitions. A run that an asset or a person triggered has no logical date, and may bring its own.
DATE = "{{ dag_run.conf.get('date') or (dag_run.logical_date or dag_run.run_after) | ds }}"

# Running again changes nothing: 2 wrong configuration, 3 an input that breaks its contract, 4 a gate's refusal.
FINAL_CODES = frozenset({2, 3, 4})

# How each way of submitting tells the exit code of the driver when it fails, most telling first.
_CODE = tuple(
    re.compile(pattern)
    for pattern in (
        r"millrace ended with exit code (\d+)",  # spark-submit in cluster mode, in the driver's diagnostics
        r"non-zero exit code (\d+)",  # BashOperator
        r"Error code is: (\d+)",  # SparkSubmitOperator in client mode
        r"'exit_code': (\d+)",  # SparkKubernetesOperator, in the status of the driver's container
    )
)


def exit_code(exception: BaseException) -> int | None:
    """The exit code of Millrace that a failed task tells; None where it tells none."""
    for pattern in _CODE:
        found = pattern.search(str(exception))
        if found:
            return int(found.group(1))
    return None


class RetryUnlessFinal(RetryPolicy):
    """Retries what may pass: exit code 1 (the cluster, another run of the date) and whatever tells no code."""

    def evaluate(self, exception, try_number, max_tries, context=None) -> RetryDecision:
        code = exit_code(exception)
        if code in FINAL_CODES:
            return RetryDecision.fail(f"exit code {code}: running again would end the same")
        return RetryDecision.default()


@dataclass(frozen=True)
class UseCase:
    """What Airflow must know of a use case; the file knows the rest.

    :param name: the file's ``use-case``
    :param file: the use-case file, as the place that runs Millrace sees it
    :param root: where it publishes, a path or a URL that every place sees
    :param score: jobs of each day
    :param train: jobs of the training day, before the others
    :param features: jobs of each day that make tables for the others
    :param drift: jobs of each day that watch the scores
    :param weekday: the training day, Monday is 0
    """

    name: str
    file: str
    root: str
    score: Sequence[str]
    train: Sequence[str] = ()
    features: Sequence[str] = ()
    drift: Sequence[str] = ()
    weekday: int = 0

    @property
    def scores(self) -> Asset:
        """The published table; consumers start when a date's manifest has appeared."""
        root = self.root if "://" in self.root else f"file://{self.root}"
        return Asset(name=f"millrace/{self.name}/scores", uri=f"{root.rstrip('/')}/scores/{self.name}")


class Cluster(Protocol):
    """A way of submitting: makes the task that runs one command of Millrace."""

    name: str

    def task(self, command: str, use_case: UseCase, steps: Sequence[str], **kwargs: Any) -> BaseOperator: ...


def arguments(command: str, file: str, use_case: UseCase, steps: Sequence[str], date: str = DATE) -> list[str]:
    """The command line of Millrace, without its program."""
    chosen = [part for step in steps for part in ("--step", step)]
    return [command, file, "--date", date, "--root", use_case.root, *chosen]


@dataclass(frozen=True)
class Launcher:
    """By ``submit/millrace`` on the worker's machine: for one machine, and for what the launcher can reach.

    :param home: where Millrace is installed; relative paths of a use case start here
    :param options: such as ``--env``, and ``--set`` with a value
    """

    home: str
    options: Sequence[str] = ()
    name: str = "local"

    def task(self, command, use_case, steps, **kwargs):
        # Values from outside come as variables: nothing of theirs is read as shell.
        line = arguments(command, use_case.file, use_case, steps, date="$DATE") + list(self.options)
        return BashOperator(
            bash_command="exec " + " ".join(_quoted(part) for part in [f"{self.home}/submit/millrace", *line]),
            env={"DATE": DATE},
            append_env=True,
            cwd=self.home,
            skip_on_exit_code=None,
            **kwargs,
        )


def _quoted(part: str) -> str:
    return '"$DATE"' if part == "$DATE" else "'" + part.replace("'", "'\\''") + "'"


@dataclass(frozen=True)
class Yarn:
    """By spark-submit to YARN, in cluster mode. Sizes are in the properties file: Airflow passes it through.

    :param jar: millrace.jar, on the worker's machine or on HDFS
    :param properties: Spark's properties, such as a copy of conf/spark/cpu.properties with the cluster's sizes
    :param jars: of families that have their own, such as millrace-deep.jar
    :param conn_id: must be there: without it Airflow submits to YARN all the same, but in client mode
    """

    jar: str
    properties: str
    jars: str | None = None
    conn_id: str = "spark_default"
    name: str = "yarn"

    def task(self, command, use_case, steps, **kwargs):
        return SparkSubmitOperator(
            conn_id=self.conn_id,
            application=self.jar,
            java_class="org.millrace.Main",
            jars=self.jars,
            name=f"millrace-{use_case.name}",
            deploy_mode="cluster",
            properties_file=self.properties,
            # The driver finds the file in its working directory, under its bare name.
            files=use_case.file,
            application_args=arguments(command, Path(use_case.file).name, use_case, steps),
            # A retry submits anew, and Millrace's lock keeps it off a run that still lives. The driver's exit code is
            # in spark-submit's last words, which a task that only follows the application's state does not see.
            durable=False,
            **kwargs,
        )


@dataclass(frozen=True)
class Kubernetes:
    """By the Spark operator of Kubernetes, from a SparkApplication.

    :param application: a SparkApplication (YAML) of which arguments and main class are filled in here
    """

    application: str
    namespace: str = "default"
    conn_id: str = "kubernetes_default"
    name: str = "kubernetes"

    def task(self, command, use_case, steps, **kwargs):
        import yaml

        spec = yaml.safe_load(Path(self.application).read_text())
        spec["spec"]["mainClass"] = "org.millrace.Main"
        spec["spec"]["arguments"] = arguments(command, use_case.file, use_case, steps)
        return SparkKubernetesOperator(
            kubernetes_conn_id=self.conn_id,
            namespace=self.namespace,
            name=f"{use_case.name}-{kwargs['task_id']}".replace("_", "-"),
            template_spec=spec,
            # Its status tells the exit code of the driver.
            log_pod_spec_on_failure=True,
            **kwargs,
        )


def _is_training_day(use_case: UseCase, first: datetime) -> Callable[..., bool]:
    def decide(date: str, forced: str) -> bool:
        day = datetime.strptime(date, "%Y-%m-%d").date()
        # On the first day there is no model yet.
        return forced == "True" or day.weekday() == use_case.weekday or day == first.date()

    return decide


def _announce(use_case: UseCase) -> Callable[..., None]:
    """Tells consumers which partition appeared: Millrace publishes its manifest last, or exits with an error."""

    def announce(context, result=None) -> None:
        dag_run = context["dag_run"]
        date = context["ti"].task.render_template(DATE, context)
        context["outlet_events"][use_case.scores].extra.update(
            date=date,
            manifest=f"{use_case.root.rstrip('/')}/scores/{use_case.name}/ds={date}/_manifest.json",
            dag_run=dag_run.run_id,
        )

    return announce


def daily(
    use_case: UseCase,
    cluster: Cluster,
    start_date: datetime,
    schedule: str = "0 4 * * *",
    retries: int = 3,
    retry_delay: timedelta = timedelta(minutes=5),
    catchup: bool = True,
    **kwargs: Any,
) -> DAG:
    """Validate, make features, train on the training day, score, watch drift: each day for that day's date."""
    with DAG(
        dag_id=f"{use_case.name}_{cluster.name}",
        schedule=schedule,
        start_date=start_date,
        catchup=catchup,
        # A day's scores come of the model that its own or an earlier day trained.
        max_active_runs=1,
        params={"train": Param(False, type="boolean", description="Train, whatever the day")},
        default_args={
            "retries": retries,
            "retry_delay": retry_delay,
            "retry_exponential_backoff": True,
            "retry_policy": RetryUnlessFinal(),
        },
        tags=["millrace", cluster.name],
        doc_md=__doc__,
        **kwargs,
    ) as dag:
        last = cluster.task("validate", use_case, (), task_id="validate")
        if use_case.features:
            features = cluster.task("run", use_case, use_case.features, task_id="features")
            last >> features
            last = features
        score = cluster.task(
            "run",
            use_case,
            use_case.score,
            task_id="score",
            outlets=[use_case.scores],
            post_execute=_announce(use_case),
            # Where there was no training, the model that is current scores.
            trigger_rule="none_failed",
        )
        if use_case.train:
            training_day = ShortCircuitOperator(
                task_id="is_training_day",
                python_callable=_is_training_day(use_case, start_date),
                op_kwargs={"date": DATE, "forced": "{{ params.train }}"},
                ignore_downstream_trigger_rules=False,
            )
            train = cluster.task("run", use_case, use_case.train, task_id="train")
            last >> training_day >> train >> score
        last >> score
        if use_case.drift:
            score >> cluster.task("run", use_case, use_case.drift, task_id="drift")
    return dag
