#!/usr/bin/env bash
# Automatic ARIMA beside R's forecast::auto.arima with its defaults: mean MASE on rolling origins of open series, and series
# a second of 2,000 monthly series of 120 steps on 2 cores, R's on the first 60 of them (BENCH_LIMIT).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/forecast.sh"
need_r
cases
beside forecast-arima-r r_peer auto-arima 5 "${BENCH_LIMIT:-60}"
