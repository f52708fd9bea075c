# What the benchmarks share: the program as people install it, two gateways, inputs, and rates by the
# gateway's own log. Everything lies in target/bench; build first: ./mvnw -DskipTests package
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=${WORK:-$root/target/bench}
port=${PORT:-8790}
runs=${RUNS:-3}
gateway=
mkdir -p "$work"

# The distribution, unpacked and prepared once for each build and Java.
program=$work/reelbatch/bin/reelbatch
install() {
  local built
  built=$(ls -t "$root"/target/reelbatch-*.tar.gz 2> /dev/null | head -1)
  [ -n "$built" ] || { echo 'build it first: ./mvnw -DskipTests package' >&2; exit 2; }
  if [ ! -x "$program" ] || [ "$built" -nt "$work/unpacked" ]; then
    rm -rf "$work/reelbatch"
    tar -xzf "$built" -C "$work"
    touch "$work/unpacked"
  fi
  [ "${ARCHIVE:-yes}" = no ] || "$program" prepare > "$work/prepare.out" 2>&1
}

stop_gateways() {
  if [ -f "$work/nginx/nginx.pid" ]; then
    kill -QUIT "$(cat "$work/nginx/nginx.pid")" 2> /dev/null || true
    while [ -f "$work/nginx/nginx.pid" ]; do sleep 0.05; done
  fi
  if [ -n "$gateway" ]; then
    kill "$gateway" 2> /dev/null || true
    wait "$gateway" 2> /dev/null || true
    gateway=
  fi
}
trap stop_gateways EXIT

# start_nginx working|completed: a gateway that answers at once; what a task is found to be.
start_nginx() {
  stop_gateways
  rm -rf "$work/nginx" && mkdir -p "$work/nginx"
  local percent=50 link=null
  if [ "$1" = completed ]; then percent=100 link="\"http://127.0.0.1:$port/v.mp4\""; fi
  sed -e "s|LINK|$link|; s|STATUS|$1|; s|PERCENT|$percent|; s|DIR|$work/nginx|; s|PORT|$port|" \
    "$bench/nginx.conf" > "$work/nginx/nginx.conf"
  nginx -c "$work/nginx/nginx.conf"
  export REELBATCH_GATEWAY_BASE_URL=http://127.0.0.1:$port REELBATCH_API_KEY=sk-bench
}

# start_simulator LOG OPTION...: the built-in gateway, with tasks that take their time.
start_simulator() {
  local log=$1
  shift
  stop_gateways
  rm -f "$log"
  "$program" simulate --port "$port" --log "$log" "$@" > "$work/gateway.out" 2>&1 &
  gateway=$!
  until grep -q 'simulated gateway' "$work/gateway.out"; do sleep 0.1; done
  export REELBATCH_GATEWAY_BASE_URL=http://127.0.0.1:$port REELBATCH_API_KEY=sk-simulator
}

# requests METHOD: how many nginx answered with 200.
requests() { awk -v m="$1" '$2 == m && $3 == 200 { n++ } END { print n + 0 }' "$work/nginx/access.log"; }

# rate METHOD: requests / (last - first), by nginx's log.
rate() {
  stop_gateways
  awk -v m="$1" '$2 == m && $3 == 200 { if (!n++ || $1 < a) a = $1; if ($1 > b) b = $1 }
    END { if (n > 1 && b > a) printf "%.0f\n", n / (b - a); else print 0 }' "$work/nginx/access.log"
}

# csv N FILE: N different prompts.
csv() {
  awk -v n="$1" 'BEGIN { print "prompt,model,orientation,size,duration"
    for (i = 1; i <= n; i++)
      printf "\"A red kite over snowy hills, take %d, slow dolly in, golden hour, 35 mm film grain, wind in the grass\",sora-2,landscape,small,10\n", i }' > "$2"
}

fresh() { rm -rf "$work/home" "$work/out"; }

# batch OPTION...: runs rows.csv; no pace but the options'. What it says is in run.out.
export REELBATCH_SUBMIT_RATE=1000000/s REELBATCH_SUBMIT_IN_FLIGHT=64 REELBATCH_SUBMIT_MAX_ACTIVE=1000000
batch() {
  "$program" run "$work/rows.csv" --batch b --home "$work/home" --out "$work/out" "$@" > "$work/run.out" 2>&1
}

median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

# Until a kind's first success no more than five of its tasks are under way: not what is measured.
export REELBATCH_BRAKES_FIRST_FAILURES=0
