#!/usr/bin/env bash
# A large batch: how long it takes to load, how fast it is sent with a small heap and a large one from
# the same loaded ledger, what the heap holds beside a batch of 10,000 rows, how large the ledger
# grows, how soon a killed run sends again, and that it comes to its report.
#   src/bench/large.sh [rows [heaps]]        END=no leaves the last part out
source "$(dirname "$0")/lib.sh"
n=${1:-1000000}
heaps=${2:-256m 1g}
install
export REELBATCH_POLL_FIRST=0s REELBATCH_POLL_IN_FLIGHT=64 REELBATCH_POLL_RATE=1000000/s
seconds() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.1f s", b - a }'; }
file() { du -m "$work/home/ledger.mv.db" | cut -f1; }
pid() { pgrep -f "^[^ ]*java .*$work/home" | head -1; }
# What is live after a full collection.
heap() { "${java%java}jcmd" "$(pid)" GC.class_histogram | awk '$1 == "Total" { printf "%.0f MB", $3 / 1048576 }'; }
sent() { until [ "$(requests POST)" -ge "$1" ]; do sleep 1; done; }
start() { # HEAP
  REELBATCH_JAVA_OPTS=-Xmx$1 batch --in-flight 256 --max-active 2000 &
  run=$!
}
killed() {
  { pkill -9 -f "$work/home" && wait "$run"; } 2> /dev/null || true
}

csv 10000 "$work/rows.csv"
fresh
start_nginx completed
start 256m
sent 5000
echo "10000 rows, -Xmx256m: live heap after $(requests POST) of them $(heap)"
killed

csv "$n" "$work/rows.csv"
fresh
start_nginx completed
began=$(seconds)
start 256m
until [ "$(requests POST)" -gt 0 ]; do sleep 0.5; done
echo "$n rows, -Xmx256m: first request after $(since "$began"), ledger $(file) MB"
sent 10000
echo "live heap after $(requests POST) of them $(heap)"
killed
rm -rf "$work/loaded" && cp -r "$work/home" "$work/loaded"

for heap in $heaps; do
  rm -rf "$work/home" && cp -r "$work/loaded" "$work/home"
  start_nginx completed
  start "$heap"
  sent $((n / 2 - 10000))
  echo "-Xmx$heap: live heap at the half $(heap), ledger $(file) MB"
  killed
  echo "-Xmx$heap: to the half $(rate POST) rows/s"
  start_nginx completed
  began=$(seconds)
  start "$heap"
  until [ -s "$work/nginx/access.log" ] && [ "$(requests POST)" -gt 0 ]; do sleep 0.1; done
  awk -v s="$began" '$2 == "POST" { printf "first request %.1f s after the restart\n", $1 - s; exit }' "$work/nginx/access.log"
  [ "$heap" = "${heaps##* }" ] && [ "${END:-yes}" = yes ] || killed
done
[ "${END:-yes}" = yes ] || exit 0
wait "$run" || true
echo "from the half to the report: $(rate POST) rows/s, ledger $(file) MB"
tail -3 "$work/run.out"
