#!/usr/bin/env bash
# How long a batch takes at a gateway that runs 20 tasks at once, against a schedule that refills every
# freed slot at once; once not told of the 20, once told. Then how soon results were known.
#   src/bench/makespan.sh ['seeds' ['poll intervals in seconds' [rows]]]
. "$(dirname "$0")/common.sh"
seeds=${1:-1 2 3}
intervals=${2:-0.2 0.5}
rows=${3:-200}
polls=200
write_batch "$work/shots.csv" "$rows"
for interval in $intervals; do
  for active in 1000 20; do
    for seed in $seeds; do
      echo "== seed $seed, a poll every $interval s, --max-active $active"
      log=$work/$interval-$active-$seed.jsonl
      start_gateway "$log" --max-active 20 --task-time 2s --spread 0.6 --seed "$seed"
      ms=$(awk "BEGIN { print int($interval * 1000) }")ms
      REELBATCH_POLL_FIRST=$ms REELBATCH_POLL_INTERVAL=$ms REELBATCH_POLL_RATE=$polls/s \
        java -jar "$jar" run "$work/shots.csv" --batch "m$interval-$active-$seed" --home "$work/home-$seed-$interval-$active" \
        --out "$work/out-$seed-$interval-$active" --rate "${RATE:-50/s}" --max-active "$active" > "$work/run.txt" 2>&1 \
        || { cat "$work/run.txt"; exit 1; }
      grep '^polls' "$work/run.txt" || true
      stop_gateway
      java "$root/src/bench/JudgePace.java" "$log" slots=20 "interval=$interval" polls=$polls
    done
  done
done
