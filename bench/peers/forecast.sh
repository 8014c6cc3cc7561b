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

# accuracy NAME PEER METHOD: mean MASE on rolling origins, ours and the peer's, on the last line; what each series shows before it.
accuracy() {
    local name=$1 peer=$2 method=$3
    "$peer" "$method" "$work/cases.csv" "$work/$name-theirs.csv" "$cores" >/dev/null
    ours "$method" "$work/cases.csv" "$work/$name-ours.csv" "$cores" >/dev/null
    java_class ForecastScore "$work/cases.csv" "$work/truth.csv" "$work/$name-ours.csv" "$work/$name-theirs.csv" \
        >"$work/$name-score.txt"
    head -n -1 "$work/$name-score.txt"
    tail -1 "$work/$name-score.txt" | tee "$work/$name-mase.txt" |
        awk '{ print "mean MASE: ours " $1 ", theirs " $2 "; within 80 %: ours " $3 ", theirs " $4 }'
}

# as_good NAME...: ok where ours is within 1 % of the peer's mean MASE in each of these comparisons, or better.
as_good() {
    local name
    for name in "$@"; do cat "$work/$name-mase.txt"; done | awk '{ bad += !($1 <= 1.01 * $2) } END { print bad || !NR ? "worse" : "ok" }'
}

# speed NAME PEER METHOD LIMIT: both sides in pairs, the peer's on the first LIMIT series; leaves the median ratio in NAME-ratio.txt.
speed() {
    local name=$1 peer=$2 method=$3 limit=$4 i o p r
    local -a ratios=()
    for ((i = 1; i <= ${BENCH_PAIRS:-3}; i++)); do
        p=$("$peer" "$method" "$work/speed.csv" "$work/$name-speed-theirs.csv" "$cores" "$limit" | cut -d' ' -f3)
        o=$(ours "$method" "$work/speed.csv" "$work/$name-speed-ours.csv" "$cores" | cut -d' ' -f3)
        r=$(awk -v o="$o" -v p="$p" 'BEGIN { printf "%.2f", o / p }')
        echo "pair $i: theirs $p series/s, ours $o series/s, ratio $r"
        ratios+=("$r")
    done
    printf '%s\n' "${ratios[@]}" | median >"$work/$name-ratio.txt"
}

# beside NAME PEER METHOD GOAL LIMIT: errors on rolling origins, then speeds; the last line is the benchmark's.
beside() {
    accuracy "$1" "$2" "$3"
    speed "$1" "$2" "$3" "$5"
    echo "$1 ratio=$(cat "$work/$1-ratio.txt") goal=$4 quality=$(as_good "$1")"
}

# beside_both NAME METHOD LIMIT: beside statsforecast in speed (goal 1.5) and errors, and beside R's errors where R is there.
beside_both() {
    local name=$1 method=$2
    local -a against=("$name")
    statsforecast_environment
    cases
    if have_r; then
        echo "beside R"
        accuracy "$name-r" r_peer "$method"
        against+=("$name-r")
    fi
    echo "beside statsforecast"
    accuracy "$name" statsforecast_peer "$method"
    speed "$name" statsforecast_peer "$method" "$3"
    echo "$name ratio=$(cat "$work/$name-ratio.txt") goal=1.5 quality=$(as_good "${against[@]}")"
}
