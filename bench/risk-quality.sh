#!/usr/bin/env bash
# risk.train with its defaults beside scikit-learn's gradient boosting and random forest, on the same rows of open sets: ROC AUC on a
# quarter that neither has seen, the mean over several splits. risk-quality.sh [DATA [SET]...]; BENCH_SEEDS limits the splits of a set.
# ratio: the worst set's ours - (the better peer - 0.005), as 1 + that difference; quality is ok where no set is below and the calibration
# error on the credit set is 0.05 at the most.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
data=${1:-$home/../shared/data}
environment=$out/risk-peers
if ! cmp -s "$bench_home/peers/risk-requirements.txt" "$environment/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$environment"
    "$environment/bin/pip" install -q -r "$bench_home/peers/risk-requirements.txt"
    cp "$bench_home/peers/risk-requirements.txt" "$environment/installed.txt"
fi
peer() { "$environment/bin/python" "$bench_home/peers/risk.py" "$@" 2>>"$out/log.txt"; }

# All splits first, then ours in one process, then what each side says of the test rows.
list=$out/risk-quality/splits.txt
mkdir -p "$out/risk-quality"
: >"$list"
declare -a sets=()
while read -r set splits; do
    if (($# > 1)) && [[ " ${*:2} " != *" $set "* ]]; then
        continue
    fi
    seeds=$((splits < ${BENCH_SEEDS:-8} ? splits : ${BENCH_SEEDS:-8}))
    sets+=("$set $seeds")
    read -r label positive < <(peer label "$set")
    for ((seed = 1; seed <= seeds; seed++)); do
        folder=$out/risk-quality/$set-$seed
        rm -rf "$folder"
        peer split "$set" "$data" "$folder" "$seed"
        echo "$set $folder $label $positive" >>"$list"
    done
done < <(peer sets)
options="--add-modules=jdk.incubator.vector -Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties"
spark_submit --conf "spark.driver.extraJavaOptions=$options" --jars "$jar" --class org.millrace.risk.QualityBench \
    "$bench_jar" "$bench_home/use-cases/risk-quality.conf" "$list" >>"$out/log.txt" 2>&1 || true

worst=9
quality=ok
for each in "${sets[@]}"; do
    read -r set seeds <<<"$each"
    figures=""
    for ((seed = 1; seed <= seeds; seed++)); do
        folder=$out/risk-quality/$set-$seed
        told=$(peer auc "$set" "$folder" "$folder/root/scores/risk-quality")
        figures+="$told $(peer measure "$set" "$folder")"$'\n'
    done
    read -r auc error boosting forest < <(awk 'NF { o += $1; e += $2; b += $3; f += $4; n++ } END { print o/n, e/n, b/n, f/n }' <<<"$figures")
    echo "$set ($seeds splits): ours $auc (calibration error $error), HistGradientBoosting $boosting, RandomForest $forest"
    worst=$(awk -v w="$worst" -v o="$auc" -v b="$boosting" -v f="$forest" \
        'BEGIN { d = 1 + o - ((b > f ? b : f) - 0.005); print (d < w ? d : w) }')
    if [[ $set == credit ]]; then
        awk -v e="$error" 'BEGIN { exit !(e <= 0.05) }' || quality=worse
    fi
done
awk -v w="$worst" 'BEGIN { exit !(w >= 1) }' || quality=worse
echo "risk-quality ratio=$worst goal=1 quality=$quality"
