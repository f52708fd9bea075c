#!/usr/bin/env bash
# How long a start takes, from the process to the first paid request at the gateway, and a whole
# small batch. Nothing is paid: the gateway is `reelbatch simulate`, on the same cores.
#
#   ./mvnw package && src/bench/startup.sh [RUNS]
#
# JAVA_HOME chooses the Java; ARCHIVE=no leaves the archive of classes out.
source "$(dirname "$0")/lib.sh"
runs=${1:-5}
install
log=$work/startup.jsonl
times=$work/startup
rm -rf "$times" && mkdir "$times"
start_simulator "$log" --task-time 0s

export REELBATCH_POLL_FIRST=0s REELBATCH_POLL_INTERVAL=100ms
export REELBATCH_POLL_RATE=1000000/s REELBATCH_POLL_IN_FLIGHT=64

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

short() { # NAME ROWS
  { echo prompt; seq -f "$1 %.0f" "$2"; } > "$times/$1.csv"
}

# Runs a batch; then $first and $whole are its times.
timed() { # NAME HOME
  local seen start at
  seen=$(wc -l < "$log")
  start=$(milliseconds)
  "$program" run "$times/$1.csv" --home "$times/$2" --out "$times/$1-results" > "$times/said" 2>&1 ||
    cat "$times/said" >&2
  whole=$(($(milliseconds) - start))
  at=$(tail -n +$((seen + 1)) "$log" | grep -m1 '"method":"POST"' |
    sed 's/^{"number":[0-9]*,"at":"\([^"]*\)".*/\1/') || true
  first=$([ -z "$at" ] || echo $(($(date -d "$at" +%s%N) / 1000000 - start)))
}

for ((n = 0; n <= runs; n++)); do
  [ "$n" -ne 1 ] || rm -f "$times"/t.* # the first of each is a warm-up of the disk
  start=$(milliseconds); "$program" --version > /dev/null
  echo $(($(milliseconds) - start)) >> "$times/t.version"
  short "new$n" 3; timed "new$n" "home$n"
  echo "$first" >> "$times/t.new"
  short "more$n" 3; timed "more$n" "home$n"
  echo "$first" >> "$times/t.more"
  timed "more$n" "home$n"
  echo "$whole" >> "$times/t.nothing"
  short "big$n" 2000; timed "big$n" "big$n"
  echo "$whole" >> "$times/t.big"
done

"$program" --version
printf 'medians of %d runs, in ms\n' "$runs"
printf '%7s  %s\n' \
  "$(median < "$times/t.version")" '--version' \
  "$(median < "$times/t.new")" 'first request, 3 rows, new home' \
  "$(median < "$times/t.more")" 'first request, 3 rows, a home that has a ledger' \
  "$(median < "$times/t.nothing")" 'nothing to do, whole process' \
  "$(median < "$times/t.big")" '2,000 rows, whole process'
