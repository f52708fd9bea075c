#!/usr/bin/env bash
# Whether the rate is kept and not exceeded: a cold start, a kill -9 half-way, a restart; judged by
# the gateway's log.
#   src/bench/pace.sh [requests a second [seconds]]
source "$(dirname "$0")/lib.sh"
rate=${1:-50}
seconds=${2:-60}
log=$work/pace.jsonl
install
csv $((rate * seconds)) "$work/rows.csv"
fresh
start_simulator "$log" --task-time 1s
export REELBATCH_POLL_FIRST=5s REELBATCH_POLL_INTERVAL=5s REELBATCH_POLL_RATE=100/s
sends() { grep -c '"method":"POST"' "$log" || true; }
batch --rate "$rate/s" &
until [ "$(sends)" -gt $((rate * seconds / 2)) ]; do sleep 0.2; done
pkill -9 -f "$work/home"
killed=$(date -u +%FT%T.%NZ)
wait $! || true
code=0
batch --rate "$rate/s" || code=$?
[ $code = 0 ] || [ $code = 7 ] || { cat "$work/run.out"; exit 1; }
grep -E '^polls|in doubt' "$work/run.out" || true
stop_gateways
"$java" "$bench/JudgePace.java" "$log" "rate=$rate" "kills=$killed" interval=5 polls=100
