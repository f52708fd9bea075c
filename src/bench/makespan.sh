#!/usr/bin/env bash
# How long a batch takes at a gateway that runs 20 tasks at once, against a schedule that refills every
# freed slot at once; once not told of the 20, once told. Then how soon results were known.
#   src/bench/makespan.sh ['seeds' ['poll intervals in seconds' [rows]]]
source "$(dirname "$0")/lib.sh"
seeds=${1:-1 2 3}
intervals=${2:-0.2 0.5}
rows=${3:-200}
install
csv "$rows" "$work/rows.csv"
export REELBATCH_POLL_RATE=200/s
for interval in $intervals; do
  for active in 1000 20; do
    for seed in $seeds; do
      echo "== seed $seed, a poll every $interval s, --max-active $active"
      log=$work/makespan.jsonl
      fresh
      start_simulator "$log" --max-active 20 --task-time 2s --spread 0.6 --seed "$seed"
      ms=$(awk "BEGIN { print int($interval * 1000) }")ms
      REELBATCH_POLL_FIRST=$ms REELBATCH_POLL_INTERVAL=$ms batch --rate "${RATE:-50/s}" --max-active "$active" ||
        { cat "$work/run.out"; exit 1; }
      grep '^polls' "$work/run.out" || true
      stop_gateways
      "$java" "$bench/JudgePace.java" "$log" slots=20 "interval=$interval" polls=200
    done
  done
done
