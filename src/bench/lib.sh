# Shared by the benchmarks: a gateway made of nginx, inputs, and rates by the gateway's own log.
set -euo pipefail
BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$BENCH/../.." && pwd)
JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
WORK=${WORK:-$ROOT/target/bench}
PORT=${PORT:-8790}
RUNS=${RUNS:-3}
mkdir -p "$WORK"

# The extracted layout starts faster than the jar; its script is what people run.
reelbatch() {
  local dist
  dist=$(ls -d "$WORK"/dist/reelbatch*/bin/reelbatch 2>/dev/null | head -1 || true)
  if [ -n "$dist" ]; then "$dist" "$@"; else "$JAVA" -jar "$ROOT/target/reelbatch.jar" "$@"; fi
}

# start_nginx working|completed: what a task is found to be.
start_nginx() {
  stop_nginx
  rm -rf "$WORK/nginx" && mkdir -p "$WORK/nginx"
  local percent=50 link=null
  if [ "$1" = completed ]; then percent=100 link='"http://127.0.0.1:PORT/v.mp4"'; fi
  sed -e "s|LINK|$link|; s|STATUS|$1|; s|PERCENT|$percent|; s|DIR|$WORK/nginx|; s|PORT|$PORT|" \
    "$BENCH/nginx.conf" | sed -e "s|PORT|$PORT|" > "$WORK/nginx/nginx.conf"
  nginx -c "$WORK/nginx/nginx.conf"
}

stop_nginx() {
  if [ -f "$WORK/nginx/nginx.pid" ]; then
    kill -QUIT "$(cat "$WORK/nginx/nginx.pid")" 2>/dev/null || true
    while [ -f "$WORK/nginx/nginx.pid" ]; do sleep 0.05; done
  fi
}
trap stop_nginx EXIT

# requests METHOD: how many the gateway answered with 200.
requests() { awk -v m="$1" '$2 == m && $3 == 200 { n++ } END { print n + 0 }' "$WORK/nginx/access.log"; }

# rate METHOD: requests / (last - first), by the gateway's log.
rate() {
  stop_nginx
  awk -v m="$1" '$2 == m && $3 == 200 { if (!n++ || $1 < a) a = $1; if ($1 > b) b = $1 }
    END { if (n > 1 && b > a) printf "%.0f", n / (b - a); else print 0 }' "$WORK/nginx/access.log"
}

# csv N FILE: N different prompts.
csv() {
  awk -v n="$1" 'BEGIN { print "prompt,model,orientation,size,duration"
    for (i = 1; i <= n; i++)
      printf "\"A red kite over snowy hills, take %d, slow dolly in, golden hour, 35 mm film grain, wind in the grass\",sora-2,landscape,small,10\n", i }' > "$2"
}

median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
