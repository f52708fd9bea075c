#!/usr/bin/env bash
# Requests a second at a gateway that answers at once (nginx), beside other clients on this machine.
#   src/bench/throughput.sh [bare|submit|nosync|bare-get|poll|slow|xargs|curl|parallel|cookbook ...]
# N rows (20000; for the slow peers 1000), RUNS times (3), medians. Needs nginx; the peers need curl,
# xargs, GNU parallel, and for 'cookbook' COOKBOOK=api_request_parallel_processor.py, as OpenAI
# publishes it, with a python3 that has its modules.
source "$(dirname "$0")/lib.sh"
modes=${*:-bare submit nosync bare-get poll slow}
install

bare_classes() {
  local lib=$work/reelbatch/lib
  if [ ! -f "$work/bare/BareClient.class" ]; then
    mkdir -p "$work/bare"
    "${java}c" -proc:none -cp "$lib/*" -d "$work/bare" "$bench/BareClient.java"
    echo '<configuration><root level="OFF"/></configuration>' > "$work/bare/logback.xml"
  fi
  echo "$work/bare:$lib/*"
}

bare() { # METHOD
  start_nginx working
  "$java" -cp "$(bare_classes)" BareClient "http://127.0.0.1:$port" "$n" "$1" > "$work/bare.out" 2>&1
  rate "$1"
}

# Sends all rows; the tasks would go on for ever, so the run is killed then.
sent() { # GATEWAY'S LOG COUNTER
  batch &
  local run=$!
  until [ "$("$@")" -ge "$n" ] || ! kill -0 "$run" 2> /dev/null; do sleep 0.5; done
  pkill -9 -f "$work/home" || true
  wait "$run" 2> /dev/null || true
}

submit() {
  fresh
  start_nginx working
  REELBATCH_POLL_FIRST=1h sent requests POST
  rate POST
}

poll() {
  fresh
  start_nginx working
  REELBATCH_POLL_FIRST=1h sent requests POST
  start_nginx completed
  REELBATCH_POLL_FIRST=0s REELBATCH_POLL_IN_FLIGHT=64 REELBATCH_POLL_RATE=1000000/s batch || true
  rate GET
}

# Answers that take 200 ms, 64 in flight: 320 a second at best.
posts() { grep -c '"method":"POST"' "$work/slow.jsonl" || true; }
slow() {
  fresh
  start_simulator "$work/slow.jsonl" --latency 200ms --task-time 1h
  REELBATCH_POLL_FIRST=1h sent posts
  stop_gateways
  "$java" "$bench/JudgePace.java" "$work/slow.jsonl" rate=320 |
    awk '/of the rate/ { for (i = 2; i <= NF; i++) if ($i == "of") printf "%.0f\n", $(i - 1) * 320; exit }'
}

bodies() {
  awk -v n="$n" 'BEGIN { for (i = 1; i <= n; i++)
    printf "{\"prompt\":\"A red kite, take %d\",\"model\":\"sora-2\",\"images\":[],\"orientation\":\"landscape\",\"size\":\"small\",\"duration\":10,\"watermark\":false,\"private\":false}\n", i }' > "$work/bodies.jsonl"
  echo "http://127.0.0.1:$port/v1/video/create"
}

peer() { # NAME
  start_nginx working
  local address
  address=$(bodies)
  case $1 in
    xargs)
      tr '\n' '\0' < "$work/bodies.jsonl" |
        xargs -0 -P 8 -n 1 curl -s -o /dev/null -H 'Content-Type: application/json' "$address" -d ;;
    curl)
      awk -v a="$address" '{ gsub(/"/, "\\\""); if (NR > 1) print "next"
        printf "url = \"%s\"\nheader = \"Content-Type: application/json\"\ndata = \"%s\"\noutput = \"/dev/null\"\n", a, $0 }' \
        "$work/bodies.jsonl" > "$work/curl.conf"
      curl -s --parallel --parallel-max 64 -K "$work/curl.conf" ;;
    parallel)
      parallel --will-cite --joblog "$work/joblog" -j 64 -a "$work/bodies.jsonl" \
        curl -s -o /dev/null -H "'Content-Type: application/json'" "$address" -d '{}' ;;
    cookbook)
      rm -f "$work/cookbook.out"
      "${PYTHON:-python3}" "$COOKBOOK" --requests_filepath "$work/bodies.jsonl" \
        --save_filepath "$work/cookbook.out" --request_url "$address" --api_key sk-bench \
        --max_requests_per_minute 100000000 --max_tokens_per_minute 100000000000 --logging_level 40 \
        > "$work/cookbook.log" 2>&1 ;;
  esac
  rate POST
}

for mode in $modes; do
  n=${N:-20000}
  case $mode in
    xargs | parallel | cookbook | curl) n=${N:-1000} ;;
    slow) n=${N:-3000} ;;
  esac
  csv "$n" "$work/rows.csv"
  for _ in $(seq "$runs"); do
    case $mode in
      bare) bare POST ;;
      bare-get) bare GET ;;
      submit | poll | slow) "$mode" ;;
      nosync) REELBATCH_RUN_DISK_SYNC=false submit ;;
      xargs | curl | parallel | cookbook) peer "$mode" ;;
      *) echo "unknown: $mode" >&2; exit 2 ;;
    esac
  done > "$work/$mode.rates"
  echo "$mode: $(median < "$work/$mode.rates") /s, n = $n ($(tr '\n' ' ' < "$work/$mode.rates"))"
done
