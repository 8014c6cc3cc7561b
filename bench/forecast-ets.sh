#!/usr/bin/env bash
# Exponential smoothing, its form chosen, beside R's forecast::ets and statsforecast's AutoETS, each with its defaults: mean MASE on
# rolling origins of open series beside both, and series a second of 2,000 monthly series of 120 steps on 2 cores beside statsforecast,
# whose processes forecast the first 400 of them (BENCH_LIMIT).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/forecast.sh"
beside_both forecast-ets ets "${BENCH_LIMIT:-400}"
