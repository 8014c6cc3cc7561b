# Common parts of the forecast benchmarks: the cases, both sides, the ratio of their speeds and of their errors.
# BENCH_SERIES: more folders of series; BENCH_CORES: processes or threads of each side.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
work=$out/forecast
mkdir -p "$work"
cores=${BENCH_CORES:-2}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

java_class() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -cp "$bench_jar:$jar:$SPARK_HOME/jars/*" "org.millrace.bench.forecast.$@"
}

# have_r: R's package forecast is there.
have_r() { Rscript -e 'library(forecast)' >/dev/null 2>&1; }
need_r() {
    have_r || {
        echo "this benchmark needs R and its package forecast (Debian: r-base-core r-cran-forecast)" >&2
        exit 2
    }
}

# The series in the repository, those that come with R where it is there, and those of BENCH_SERIES.
cases() {
    local -a folders=("$work/series")
    mkdir -p "$work/series"
    cp "$home"/data/series/*.csv "$work/series/"
    if have_r; then
        Rscript "$bench_home/peers/forecast-series.R" "$work/series"
    else
        echo "without R, whose series are left out"
    fi
    [[ -z ${BENCH_SERIES:-} ]] || folders+=("$BENCH_SERIES")
    java_class ForecastCases accuracy "${BENCH_ORIGINS:-4}" "$work" "${folders[@]}"
    java_class ForecastCases speed "${BENCH_COUNT:-2000}" "$work" "${folders[@]}"
}

r_peer() { Rscript "$bench_home/peers/forecast.R" "$@" 2>>"$out/log.txt" | tail -1; }
statsforecast_peer() { "$work/venv/bin/python" "$bench_home/peers/forecast.py" "$@" 2>>"$out/log.txt" | tail -1; }
ours() { java_class OurForecasts "$@" | tail -1; }

statsforecast_environment() {
    if ! cmp -s "$bench_home/peers/forecast-requirements.txt" "$work/venv/installed.txt"; then
        "${BENCH_PYTHON:-python3}" -m venv "$work/venv"
        "$work/venv/bin/pip" install -q -r "$bench_home/peers/forecast-requirements.txt"
        cp "$bench_home/peers/forecast-requirements.txt" "$work/venv/installed.txt"
    fi
}

# beside NAME PEER METHOD GOAL LIMIT: errors on rolling origins, then speeds in pairs, the peer's on the first
# LIMIT series; the last line is the benchmark's.
beside() {
    local name=$1 peer=$2 method=$3 goal=$4 limit=$5 i score o p r
    local -a ratios=()
    "$peer" "$method" "$work/cases.csv" "$work/$name-theirs.csv" "$cores" >/dev/null
    ours "$method" "$work/cases.csv" "$work/$name-ours.csv" "$cores" >/dev/null
    java_class ForecastScore "$work/cases.csv" "$work/truth.csv" "$work/$name-ours.csv" "$work/$name-theirs.csv" \
        >"$work/$name-score.txt"
    cat "$work/$name-score.txt"
    score=$(tail -1 "$work/$name-score.txt")
    echo "mean MASE: ours ${score%% *}, theirs $(cut -d' ' -f2 <<<"$score"); within 80 %: $(cut -d' ' -f3,4 <<<"$score")"
    for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
        p=$("$peer" "$method" "$work/speed.csv" "$work/$name-speed-theirs.csv" "$cores" "$limit" | cut -d' ' -f3)
        o=$(ours "$method" "$work/speed.csv" "$work/$name-speed-ours.csv" "$cores" | cut -d' ' -f3)
        r=$(awk -v o="$o" -v p="$p" 'BEGIN { printf "%.2f", o / p }')
        echo "pair $i: theirs $p series/s, ours $o series/s, ratio $r"
        ratios+=("$r")
    done
    awk -v name="$name" -v r="$(printf '%s\n' "${ratios[@]}" | median)" -v goal="$goal" -v o="${score%% *}" \
        -v p="$(cut -d' ' -f2 <<<"$score")" \
        'BEGIN { printf "%s ratio=%s goal=%s quality=%s\n", name, r, goal, o <= 1.01 * p ? "ok" : "worse" }'
}
