#!/usr/bin/env bash
# The Theta method beside R's forecast::thetaf and statsforecast's Theta, each with its defaults: mean MASE on rolling origins of open
# series beside both, and series a second of 2,000 monthly series of 120 steps on 2 cores beside statsforecast (BENCH_LIMIT: the first
# ones of them).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/forecast.sh"
beside_both forecast-theta theta "${BENCH_LIMIT:-2000}"
