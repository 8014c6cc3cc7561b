#!/usr/bin/env bash
# Automatic ARIMA beside statsforecast's AutoARIMA with its defaults: mean MASE on rolling origins of open series, and series
# a second of 2,000 monthly series of 120 steps on 2 cores, statsforecast's on the first 200 of them (BENCH_LIMIT).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/forecast.sh"
statsforecast_environment
cases
beside forecast-arima-statsforecast statsforecast_peer auto-arima 1.5 "${BENCH_LIMIT:-200}"
