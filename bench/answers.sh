#!/usr/bin/env bash
# text.answer on questions that are known ones with words dropped and shuffled (seeded, ten of each; each word is dropped with a chance of
# BENCH_DROP, 0.3): the share whose own answer comes first, by TF-IDF, by a sentence model, and by both (hybrid). answers.sh [PAIRS.csv], with
# question and answer; else the pairs in the repository. Beside it the share that anybody could find who knows the words alone: one of the
# questions that hold all of them.
# ratio: the share by both over 0.85; quality is ok where that is no less than the share by TF-IDF.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/peers/text.sh"
pairs=$(realpath "${1:-$home/data/answers/pairs.csv}")
model=$(sentence_model)
peer paraphrase "$pairs" "$work/asked.csv" "${BENCH_SEED:-1}" 10 "${BENCH_DROP:-0.3}"

# share VECTORS: as text.answer told it with these vectors.
share() {
    rm -rf "$work/answers-root"
    submit/millrace run conf/use-cases/faq.conf --root "$work/answers-root" --date 2026-01-31 \
        --set "text.answer.pairs.path=\"$pairs\"" --set text.answer.pairs.csv.multiline=true \
        --set "text.answer.questions.path=\"$work/asked.csv\"" --set text.answer.k=1 --set "text.answer.vectors=$1" >>"$out/log.txt" 2>&1
    peer found "$pairs" "$work/answers-root/tables/faq-answers"
}
terms=$(share "{ kind = tf-idf, tf-idf { grams = 1, idf = true } }")
embedded=$(share "{ kind = embeddings, tf-idf = null, embeddings { model = \"$model\" } }")
both=$(share "{ kind = hybrid, tf-idf = null, hybrid { tf-idf { grams = 1, idf = true }, embeddings { model = \"$model\" } } }")
echo "$(($(wc -l <"$work/asked.csv") - 1)) questions: own answer first by TF-IDF $terms, by the sentence model $embedded, by both $both;" \
    "of those that hold all words $(peer guessed "$pairs" "$work/asked.csv")"
awk -v t="$terms" -v b="$both" \
    'BEGIN { printf "answers ratio=%.3f goal=1 quality=%s\n", b / 0.85, (b >= t ? "ok" : "worse") }'
