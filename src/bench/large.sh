#!/usr/bin/env bash
# A large batch: how fast it is loaded and sent with a small heap and a large one, what the heap holds,
# how large the ledger grows, and how soon a killed run sends again.
#   src/bench/large.sh [rows [heaps]]
source "$(dirname "$0")/lib.sh"
n=${1:-1000000}
heaps=${2:-256m 1g}
install
csv "$n" "$work/rows.csv"
export REELBATCH_POLL_FIRST=0s REELBATCH_POLL_IN_FLIGHT=64 REELBATCH_POLL_RATE=1000000/s
seconds() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.1f s", b - a }'; }
file() { du -m "$work/home/ledger.mv.db" | cut -f1; }
pid() { pgrep -f "$work/home" | head -1; }
# What is live after a full collection.
heap() { "${java%java}jcmd" "$(pid)" GC.run > /dev/null; "${java%java}jcmd" "$(pid)" GC.heap_info | grep -o 'used [0-9]*K' | awk '{ s += $2 } END { printf "%d MB", s / 1024 }'; }

for heap in $heaps; do
  echo "== $n rows, -Xmx$heap"
  fresh
  start_nginx completed
  start=$(seconds)
  REELBATCH_JAVA_OPTS=-Xmx$heap batch --in-flight 256 --max-active 2000 &
  until [ "$(requests POST)" -gt 0 ]; do sleep 0.5; done
  echo "loaded in $(since "$start"), ledger $(file) MB"
  until [ "$(requests POST)" -ge 10000 ] || [ "$(requests POST)" -ge $((n / 4)) ]; do sleep 1; done
  echo "live heap after $(requests POST) rows: $(heap)"
  until [ "$(requests POST)" -ge $((n / 2)) ]; do sleep 1; done
  echo "live heap after $(requests POST) rows: $(heap), ledger $(file) MB"
  pkill -9 -f "$work/home"
  wait $! 2> /dev/null || true
  half=$(rate POST)
  echo "to the half: $half rows/s"
  start_nginx completed
  start=$(seconds)
  REELBATCH_JAVA_OPTS=-Xmx$heap batch --in-flight 256 --max-active 2000 &
  until [ -s "$work/nginx/access.log" ] && [ "$(requests POST)" -gt 0 ]; do sleep 0.1; done
  awk -v s="$start" '$2 == "POST" { printf "first request %.1f s after the restart\n", $1 - s; exit }' "$work/nginx/access.log"
  wait $! || true
  echo "from the half to the report: $(rate POST) rows/s, ledger $(file) MB"
  tail -3 "$work/run.out"
done
