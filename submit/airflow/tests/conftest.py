"""An Airflow of its own for the tests: database, logs and settings in a temporary folder."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent
AIRFLOW = TESTS.parent
HOME = AIRFLOW.parents[1]

# Before Airflow is imported: it reads them once.
_folder = tempfile.mkdtemp(prefix="millrace-airflow-")
os.environ.update(
    AIRFLOW_HOME=_folder,
    AIRFLOW__CORE__DAGS_FOLDER=str(TESTS / "dags"),
    PYTHONPATH=str(AIRFLOW / "dags"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="False",
    AIRFLOW__LOGGING__LOGGING_LEVEL="WARNING",
    MILLRACE_HOME=str(HOME),
    MILLRACE_ROOT=str(Path(_folder) / "millrace"),
    AIRFLOW_CONN_SPARK_DEFAULT='{"conn_type": "spark", "host": "yarn"}',
    NO_COLOR="1",
)
sys.path.insert(0, str(AIRFLOW / "dags"))
subprocess.run([str(Path(sys.executable).with_name("airflow")), "db", "migrate"], check=True, capture_output=True)
