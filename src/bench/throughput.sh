#!/usr/bin/env bash
# Goals 1, 4 and 11: requests a second at a gateway that answers at once, beside a bare client on
# the same JDK. N rows (20000), RUNS times (3), medians. Needs nginx, and target/ of a build.
#   src/bench/throughput.sh [bare|submit|nosync|poll ...]
source "$(dirname "$0")/lib.sh"
N=${N:-20000}
MODES=${*:-bare submit nosync bare-get poll}
export REELBATCH_API_KEY=sk-bench REELBATCH_GATEWAY_BASE_URL=http://127.0.0.1:$PORT
export REELBATCH_BRAKES_FIRST_FAILURES=0

classes() {
  local lib="$WORK/bare"
  if [ ! -d "$lib" ]; then
    mkdir -p "$lib" && (cd "$lib" && jar xf "$ROOT/target/reelbatch.jar" BOOT-INF/lib)
    "${JAVA}c" -proc:none -cp "$lib/BOOT-INF/lib/*" -d "$lib" "$BENCH/BareClient.java"
  fi
  echo "$lib:$lib/BOOT-INF/lib/*"
}

bare() { # METHOD
  start_nginx working
  "$JAVA" -cp "$(classes)" -Dorg.slf4j.simpleLogger.defaultLogLevel=off \
    -Dlogback.configurationFile="$BENCH/quiet.xml" BareClient "http://127.0.0.1:$PORT" "$N" "$1" > "$WORK/bare.out" 2>&1
  rate "$1"
}

ours() { # METHOD STATUS
  rm -rf "$WORK/home" "$WORK/out"
  start_nginx "$2"
  reelbatch run "$WORK/rows.csv" --batch b --home "$WORK/home" --out "$WORK/out" --rate 1000000/s \
    --in-flight 64 --max-active 1000000 ${ROUND:-} > "$WORK/run.out" 2> "$WORK/run.err" || true
  rate "$1"
}

submit() { REELBATCH_POLL_FIRST=1h ours_until_sent; }

# The rows are sent, the tasks go on for ever: the run is stopped when all requests have left.
ours_until_sent() {
  rm -rf "$WORK/home" "$WORK/out"
  start_nginx working
  reelbatch run "$WORK/rows.csv" --batch b --home "$WORK/home" --out "$WORK/out" --rate 1000000/s \
    --in-flight 64 --max-active 1000000 > "$WORK/run.out" 2> "$WORK/run.err" &
  local pid=$!
  until [ "$(requests POST)" -ge "$N" ] || ! kill -0 $pid 2>/dev/null; do sleep 0.5; done
  pkill -9 -P $pid 2>/dev/null || true; kill -9 $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  rate POST
}

csv "$N" "$WORK/rows.csv"
for mode in $MODES; do
  for run in $(seq "$RUNS"); do
    case $mode in
      bare) bare POST ;;
      bare-get) bare GET ;;
      submit) submit ;;
      nosync) REELBATCH_RUN_DISK_SYNC=false submit ;;
      poll) REELBATCH_POLL_FIRST=0s REELBATCH_POLL_IN_FLIGHT=64 REELBATCH_POLL_RATE=1000000/s ours GET completed ;;
      *) echo "unknown: $mode" >&2; exit 2 ;;
    esac
    echo
  done | tee "$WORK/$mode.rates" | tr '\n' ' '
  echo "$mode: $(median < "$WORK/$mode.rates") /s"
done
