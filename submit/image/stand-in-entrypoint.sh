#!/usr/bin/env bash
# Of the stand-in that submit/image/test makes: starts a driver as the entry point of Apache Spark's images does, and other commands as
# they are.
set -euo pipefail
if [[ ${1:-} == driver ]]; then
    shift
    exec /usr/bin/tini -s -- "$SPARK_HOME/bin/spark-submit" \
        --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS" --deploy-mode client "$@"
fi
exec "$@"
