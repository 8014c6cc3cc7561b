# Common parts of cnn-train, cnn-score and lstm-train: both sides on one thread, PyTorch in a virtual environment.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
deep_jar=$home/jobs/deep/target/millrace-deep.jar
[[ -f $deep_jar ]] || mvn -q -B -ntp -f "$home/pom.xml" -DskipTests package
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

# The wheel of PyTorch comes with CUDA's libraries, 3 GB on disk; only its CPU code is used.
environment=$out/pytorch
if ! cmp -s "$bench_home/peers/deep-requirements.txt" "$environment/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/pip" install -q -r "$bench_home/peers/deep-requirements.txt"
    cp "$bench_home/peers/deep-requirements.txt" "$environment/installed.txt"
fi

pytorch() { "$environment/bin/python" "$bench_home/peers/deep.py" "$@" 2>>"$out/log.txt"; }
ours() {
    local class=$1
    shift
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx3g -cp "$bench_jar:$deep_jar:$jar:$SPARK_HOME/jars/*" \
        "org.millrace.bench.deep.$class" "$@" 2>>"$out/log.txt" | tail -1
}

# speeds WORKLOAD PREFIX: five pairs, in turn; prints each, and sets ratio to the median of ours / PyTorch's.
speeds() {
    local i o p r
    local -a ratios=()
    for ((i = 1; i <= ${BENCH_PAIRS:-5}; i++)); do
        p=$(pytorch speed "$@")
        o=$(ours DeepSpeed "$@")
        r=$(awk -v o="$o" -v p="$p" 'BEGIN { printf "%.3f", o / p }')
        echo "pair $i: PyTorch $p examples/s, ours $o examples/s, ratio $r"
        ratios+=("$r")
    done
    ratio=$(printf '%s\n' "${ratios[@]}" | median)
}

# quality SEEDS ARGUMENTS...: accuracies of both for each seed; sets quality to ok where the mean of ours is at
# the most half a point below.
quality() {
    local seed all=""
    local -a row
    for ((seed = 1; seed <= $1; seed++)); do
        row=("$(pytorch quality "${@:2}" "$seed")" "$(ours DeepQuality "${@:2}" "$seed")")
        echo "seed $seed: PyTorch ${row[0]} %, ours ${row[1]} %"
        all+="${row[*]}"$'\n'
    done
    quality=$(awk 'NF { p += $1; o += $2 } END { print (o >= p - 0.5 * NR ? "ok" : "worse") }' <<<"${all%$'\n'}")
}
