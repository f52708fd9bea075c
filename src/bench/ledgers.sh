#!/usr/bin/env bash
# The ledger in the home's own file beside one on a PostgreSQL server: how fast N rows (20000) are sent
# to a gateway that answers at once, and how soon a run that was killed half-way sends again. RUNS
# times (3), medians. Empties the server's schema before each run!
#   src/bench/ledgers.sh 'jdbc:postgresql://localhost/reelbatch?user=reelbatch'
# Needs nginx and psql.
source "$(dirname "$0")/lib.sh"
url=${1:?address of a PostgreSQL database that may be emptied}
n=${N:-20000}
install
csv "$n" "$work/rows.csv"
export REELBATCH_POLL_FIRST=1h

empty() { # file|server
  fresh
  if [ "$1" = server ]; then
    psql -q "${url#jdbc:}" -c 'drop schema public cascade; create schema public' > /dev/null 2>&1
    export SPRING_DATASOURCE_URL=$url
  else
    unset SPRING_DATASOURCE_URL
  fi
}

# Runs until so many requests are there, and kills it then.
until_sent() {
  batch &
  local run=$!
  until [ "$(requests POST)" -ge "$1" ] || ! kill -0 "$run" 2> /dev/null; do sleep 0.2; done
  { pkill -9 -f "$work/home" && wait "$run"; } 2> /dev/null || true
}

for ledger in file server; do
  rm -f "$work/ledgers.rates" "$work/ledgers.again"
  for ((i = 0; i < runs; i++)); do
    empty "$ledger"
    start_nginx working
    until_sent "$n"
    rate POST >> "$work/ledgers.rates"

    empty "$ledger"
    start_nginx working
    until_sent $((n / 2))
    start_nginx working
    began=$(date +%s.%N)
    until_sent 1
    stop_gateways
    awk -v s="$began" '$2 == "POST" { printf "%.2f\n", $1 - s; exit }' "$work/nginx/access.log" >> "$work/ledgers.again"
  done
  echo "$ledger: $(median < "$work/ledgers.rates") submissions/s, first request $(median < "$work/ledgers.again") s after the restart"
done
