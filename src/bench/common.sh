# What the benchmarks share: a gateway to measure against, a file to send, a place to work in.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jar=${JAR:-$root/target/reelbatch.jar}
[ -f "$jar" ] || { echo "no $jar: build it first, ./mvnw -DskipTests package" >&2; exit 2; }
port=${PORT:-8799}
work=$(mktemp -d)
gateway=
cleanup() { [ -z "$gateway" ] || kill "$gateway" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

# start_gateway LOG OPTION...
start_gateway() {
  local log=$1
  shift
  java -Xshare:auto -jar "$jar" simulate --port "$port" --log "$log" "$@" > "$work/gateway.txt" 2>&1 &
  gateway=$!
  for _ in $(seq 100); do
    if grep -q 'simulated gateway' "$work/gateway.txt"; then return; fi
    sleep 0.1
  done
  cat "$work/gateway.txt" >&2
  exit 1
}

stop_gateway() { kill "$gateway"; wait "$gateway" 2> /dev/null || true; gateway=; }

# write_batch FILE ROWS
write_batch() { { echo prompt; seq -f 'shot %g' "$2"; } > "$1"; }

export REELBATCH_GATEWAY_BASE_URL=http://127.0.0.1:$port REELBATCH_API_KEY=sk-simulator
export REELBATCH_BRAKES_FIRST_FAILURES=0
