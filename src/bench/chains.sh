#!/usr/bin/env bash
# How long a batch of storyboards takes at a gateway that runs 20 tasks at once, a tenth of which fail,
# against a schedule that always takes the row with the longest rest of its chain and learns of each
# end at once; once told of the 20, once not. Each is created, extended
# twice and remixed. Then
# how long the admission of a large file of them takes.
#   src/bench/chains.sh ['seeds' ['--max-active …' [storyboards [rows of the large file]]]]
source "$(dirname "$0")/lib.sh"
seeds=${1:-1 2 3}
actives=${2:-20 1000}
boards=${3:-100}
large=${4:-200000}
install

# storyboards N FILE
storyboards() {
  awk -v n="$1" 'BEGIN { print "id,operation,prompt,model,source,start_time"
    for (i = 1; i <= n; i++) for (shot = 1; shot <= 4; shot++) {
      what = shot == 1 ? "create" : (shot < 4 ? "extend" : "remix")
      model = shot == 1 ? "grok-video-3" : ""
      source = shot == 1 ? "" : "b" i "-" (shot - 1)
      printf("b%d-%d,%s,\"A red kite over snowy hills, board %d, shot %d, slow dolly in, golden hour\",%s,%s,%s\n",
        i, shot, what, i, shot, model, source, what == "extend" ? 3 : "")
    } }' > "$2"
}

export REELBATCH_POLL_RATE=200/s REELBATCH_POLL_FIRST=200ms REELBATCH_POLL_INTERVAL=200ms
storyboards "$boards" "$work/rows.csv"
for active in $actives; do
  for seed in $seeds; do
    echo "== $boards storyboards, seed $seed, --max-active $active"
    log=$work/chains.jsonl
    fresh
    start_simulator "$log" --max-active 20 --task-time 2s --spread 0.6 --fail-share 0.1 --seed "$seed"
    code=0
    batch --rate "${RATE:-50/s}" --max-active "$active" || code=$?
    [ $code = 3 ] || { cat "$work/run.out"; exit 1; }
    grep -E '^polls|lines:' "$work/run.out" || true
    stop_gateways
    "$java" "$bench/JudgePace.java" "$log" slots=20 chain=4 interval=0.2 polls=200
  done
done

[ "$large" -gt 0 ] || exit 0
storyboards $((large / 4)) "$work/rows.csv"
fresh
TIMEFORMAT='%R s, CPU %U s'
for ((i = 0; i < runs; i++)); do
  echo "$large rows in chains of 4, 256 MB, check: $({
    time REELBATCH_JAVA_OPTS=-Xmx256m "$program" check "$work/rows.csv" --home "$work/home" > "$work/check.out"
  } 2>&1)"
done
start_nginx working
start=$(date +%s.%N)
REELBATCH_JAVA_OPTS=-Xmx256m REELBATCH_POLL_FIRST=1h batch --in-flight 1 --limit 1 &
until [ "$(requests POST)" -gt 0 ] || ! kill -0 $! 2> /dev/null; do sleep 0.1; done
awk -v s="$start" -v n="$large" '$2 == "POST" { printf "%d rows in chains of 4, 256 MB: first request after %.1f s\n", n, $1 - s; exit }' \
  "$work/nginx/access.log"
run=$(pgrep -f "$work/home" | head -1)
ps -o cputimes= -p "$run" | awk '{ printf "CPU until then: %d s\n", $1 }'
kill -9 "$run"
wait 2> /dev/null || true
