"""The DAGs load in the real Airflow, and hand over what Millrace's command line needs."""

from datetime import datetime, timezone

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import Asset
from conftest import AIRFLOW
from millrace_dags import DATE, Kubernetes, Launcher, RetryUnlessFinal, UseCase, Yarn, arguments, daily, exit_code

VARIANTS = ("local", "yarn", "kubernetes")
FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def bag():
    return DagBag(dag_folder=str(AIRFLOW / "dags"))


def test_all_dags_load(bag):
    assert bag.import_errors == {}
    assert set(bag.dag_ids) == {f"loan-default_{v}" for v in VARIANTS} | {"loan_default_letters"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_tasks_follow_each_other(bag, variant):
    dag = bag.dags[f"loan-default_{variant}"]
    edges = {(up, down) for up in dag.task_dict for down in dag.get_task(up).downstream_task_ids}
    assert edges == {
        ("validate", "is_training_day"),
        ("validate", "score"),
        ("is_training_day", "train"),
        ("train", "score"),
        ("score", "drift"),
    }
    assert dag.get_task("score").trigger_rule == "none_failed"
    assert dag.catchup and dag.max_active_runs == 1


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_may_pass_is_retried_and_nothing_else(bag, variant):
    for task in bag.dags[f"loan-default_{variant}"].tasks:
        assert task.retries == 3
        assert isinstance(task.retry_policy, RetryUnlessFinal)


def test_consumers_wait_for_the_scores(bag):
    scores = bag.dags["loan-default_local"].get_task("score").outlets
    assert [asset.name for asset in scores] == ["millrace/loan-default/scores"]
    waited_for = bag.dags["loan_default_letters"].timetable.asset_condition
    assert list(waited_for.objects) == scores


@pytest.mark.parametrize(
    ("root", "uri"),
    [
        ("/var/lib/millrace", "file:///var/lib/millrace/scores/u"),
        ("hdfs:///millrace/", "hdfs:///millrace/scores/u"),
        ("s3a://bucket/m", "s3a://bucket/m/scores/u"),
    ],
)
def test_an_asset_is_the_published_table(root, uri):
    assert UseCase(name="u", file="u.conf", root=root, score=["risk.score"]).scores == Asset(
        name="millrace/u/scores", uri=uri
    )


LOANS = UseCase(
    name="loans",
    file="/etc/millrace/loans.conf",
    root="/m",
    features=["features.behaviour"],
    train=["risk.train"],
    score=["risk.score"],
    drift=["risk.drift"],
)


def test_features_come_before_and_drift_after():
    dag = daily(LOANS, Launcher(home="/opt/millrace"), start_date=FIRST_DAY)
    assert dag.get_task("features").upstream_task_ids == {"validate"}
    assert dag.get_task("is_training_day").upstream_task_ids == {"features"}
    assert dag.get_task("score").upstream_task_ids == {"features", "train"}
    assert dag.get_task("drift").upstream_task_ids == {"score"}


def test_the_launcher_gets_the_date_as_a_variable():
    dag = daily(LOANS, Launcher(home="/opt/mill race", options=["--set", "a.b=it's"]), start_date=FIRST_DAY)
    task = dag.get_task("score")
    assert task.env == {"DATE": DATE}
    assert task.bash_command == (
        "exec '/opt/mill race/submit/millrace' 'run' '/etc/millrace/loans.conf' '--date' \"$DATE\" '--root' '/m'"
        " '--step' 'risk.score' '--set' 'a.b=it'\\''s'"
    )


def test_spark_submit_gets_class_arguments_and_the_file():
    dag = daily(LOANS, Yarn(jar="/m.jar", properties="/cpu.properties", jars="/deep.jar"), start_date=FIRST_DAY)
    task = dag.get_task("train")
    command = task._get_hook()._build_spark_submit_command(task.application)
    line = " ".join(command)
    assert "--master yarn" in line and "--deploy-mode cluster" in line
    assert "--class org.millrace.Main" in line
    assert "--files /etc/millrace/loans.conf" in line
    assert "--jars /deep.jar" in line
    assert "--properties-file /cpu.properties" in line
    at = command.index("/m.jar")
    assert command[at + 1 :] == ["run", "loans.conf", "--date", DATE, "--root", "/m", "--step", "risk.train"]


def test_the_operator_of_kubernetes_gets_a_spark_application():
    application = AIRFLOW / "dags" / "spark-application.yaml"
    dag = daily(LOANS, Kubernetes(application=str(application)), start_date=FIRST_DAY)
    task = dag.get_task("drift")
    spec = task.template_spec["spec"]
    assert task.template_spec["kind"] == "SparkApplication"
    assert spec["mainClass"] == "org.millrace.Main"
    assert spec["arguments"] == arguments("run", LOANS.file, LOANS, ["risk.drift"])
    assert spec["restartPolicy"] == {"type": "Never"}
    assert "template_spec" in task.template_fields  # So that the date in it is filled in.
    assert task.log_pod_spec_on_failure


MESSAGES = {
    "Bash command failed. The command returned a non-zero exit code {}.": "bash",
    "Cannot execute: spark-submit --deploy-mode client. Error code is: {}.\nLast spark-submit output:": "client",
    "Cannot execute: spark-submit. Error code is: 1.\nLast spark-submit output:\n\t diagnostics: User class threw "
    "exception: java.lang.IllegalStateException: millrace ended with exit code {}; run.json tells why": "cluster",
    "Pod p returned a failure.\nremote_pod: {{'state': {{'terminated': {{'container_id': 'c',\n 'exit_code': {},": (
        "pod"
    ),
}


@pytest.mark.parametrize("message", MESSAGES, ids=MESSAGES.values())
@pytest.mark.parametrize("code", [1, 2, 3, 4, 137])
def test_every_way_of_submitting_tells_its_exit_code(message, code):
    failure = RuntimeError(message.format(code))
    assert exit_code(failure) == code
    decision = RetryUnlessFinal().evaluate(failure, try_number=1, max_tries=3)
    assert decision.action.value == ("fail" if code in (2, 3, 4) else "default")


def test_a_failure_without_a_code_is_retried():
    decision = RetryUnlessFinal().evaluate(ConnectionError("no route to host"), try_number=1, max_tries=3)
    assert decision.action.value == "default"
