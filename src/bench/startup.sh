#!/bin/bash
# How long a start takes, from the process to the first paid request at the gateway, and a whole
# small batch. Nothing is paid: the gateway is `reelbatch simulate`, on the same cores.
#
#   ./mvnw package && src/bench/startup.sh [RUNS]
#
# JAVA_HOME chooses the Java; ARCHIVE=no leaves the archive of classes out.
set -eu

runs=${1:-5}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
gateway=
trap '[ -z "$gateway" ] || kill "$gateway"; rm -rf "$work"' EXIT

tar -xzf "$root"/target/reelbatch-*.tar.gz -C "$work"
reelbatch=$work/reelbatch/bin/reelbatch
[ "${ARCHIVE:-yes}" = no ] || "$reelbatch" prepare > /dev/null

port=${PORT:-18787}
log=$work/gateway.jsonl
"$reelbatch" simulate --port "$port" --task-time 0s --log "$log" > "$work/gateway.txt" &
gateway=$!
until [ -s "$work/gateway.txt" ]; do sleep 0.1; done

export REELBATCH_GATEWAY_BASE_URL=http://127.0.0.1:$port REELBATCH_API_KEY=sk-simulator
export REELBATCH_SUBMIT_RATE=1000000/s REELBATCH_SUBMIT_IN_FLIGHT=64
export REELBATCH_SUBMIT_MAX_ACTIVE=100000 REELBATCH_POLL_FIRST=0s REELBATCH_POLL_INTERVAL=100ms
export REELBATCH_POLL_RATE=1000000/s REELBATCH_POLL_IN_FLIGHT=64 REELBATCH_BRAKES_FIRST_FAILURES=0

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

csv() { # NAME ROWS
  { echo prompt; seq -f "$1 %.0f" "$2"; } > "$work/$1.csv"
}

# Runs a batch; then $first and $whole are its times.
batch() { # NAME HOME
  local seen start at
  seen=$(wc -l < "$log")
  start=$(milliseconds)
  "$reelbatch" run "$work/$1.csv" --home "$work/$2" --out "$work/$1-results" > "$work/said" 2>&1 ||
    cat "$work/said" >&2
  whole=$(($(milliseconds) - start))
  at=$(tail -n +$((seen + 1)) "$log" | grep -m1 '"method":"POST"' |
    sed 's/^{"number":[0-9]*,"at":"\([^"]*\)".*/\1/') || true
  first=$([ -z "$at" ] || echo $(($(date -d "$at" +%s%N) / 1000000 - start)))
}

median() { # FILE
  sort -n "$1" | sed -n "$(((runs + 1) / 2))p"
}

for ((n = 0; n <= runs; n++)); do
  [ "$n" -ne 1 ] || rm -f "$work"/t.* # the first of each is a warm-up of the disk
  start=$(milliseconds); "$reelbatch" --version > /dev/null
  echo $(($(milliseconds) - start)) >> "$work/t.version"
  csv "new$n" 3; batch "new$n" "home$n"
  echo "$first" >> "$work/t.new"
  csv "more$n" 3; batch "more$n" "home$n"
  echo "$first" >> "$work/t.more"
  batch "more$n" "home$n"
  echo "$whole" >> "$work/t.nothing"
  csv "big$n" 2000; batch "big$n" "big$n"
  echo "$whole" >> "$work/t.big"
done

"$reelbatch" --version
printf 'medians of %d runs, in ms\n' "$runs"
printf '%7s  %s\n' \
  "$(median "$work/t.version")" '--version' \
  "$(median "$work/t.new")" 'first request, 3 rows, new home' \
  "$(median "$work/t.more")" 'first request, 3 rows, a home that has a ledger' \
  "$(median "$work/t.nothing")" 'nothing to do, whole process' \
  "$(median "$work/t.big")" '2,000 rows, whole process'
