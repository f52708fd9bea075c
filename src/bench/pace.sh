#!/usr/bin/env bash
# Whether the rate is kept and not exceeded: a cold start, a kill -9 half-way, a restart; judged by the
# gateway's log.
#   src/bench/pace.sh [requests a second [seconds]]
. "$(dirname "$0")/common.sh"
rate=${1:-50}
seconds=${2:-60}
write_batch "$work/shots.csv" $((rate * seconds))
start_gateway "$work/log.jsonl" --task-time 1s
send() {
  REELBATCH_POLL_FIRST=5s REELBATCH_POLL_INTERVAL=5s REELBATCH_POLL_RATE=100/s \
    java -jar "$jar" run "$work/shots.csv" --home "$work/home" --out "$work/out" \
    --rate "$rate/s" --in-flight "${IN_FLIGHT:-8}" --max-active 1000000 > "$work/run.txt" 2>&1
}
sends() { grep -c '"method":"POST"' "$work/log.jsonl" || true; }
send &
until [ "$(sends)" -gt $((rate * seconds / 2)) ]; do sleep 0.2; done
pid=$(pgrep -P $! java)
kill -9 "$pid"
killed=$(date -u +%FT%T.%NZ)
wait $! 2> /dev/null || true
code=0
send || code=$?
[ $code = 0 ] || [ $code = 7 ] || { cat "$work/run.txt"; exit 1; }
grep -E '^polls|in doubt' "$work/run.txt" || true
stop_gateway
java "$root/src/bench/JudgePace.java" "$work/log.jsonl" "rate=$rate" "kills=$killed" interval=5 polls=100
