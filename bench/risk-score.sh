#!/usr/bin/env bash
# Scoring 200,000 rows by 100 trees of depth 6 with the three strongest reasons of each, beside a function of a row that asks
# XGBoost for its contributions; and scoring that is written beside scoring and writing alone.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/gbt.sh"
trees ScoreBench "$table" "${BENCH_PEER_ROWS:-4000}" "${BENCH_PAIRS:-5}" 2>>"$out/log.txt"
