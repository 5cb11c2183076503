# What the commands of this folder share; sourced by them. It finds the JDK, builds what is missing,
# and becomes the Java program.
ROOT="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
readonly ROOT
readonly MODULES=dispatcher/app,dispatcher/rest,worker/app,ops/standalone,ops/bench
readonly JARS=(
  "$ROOT/dispatcher/app/target/dispatcher-app.jar"
  "$ROOT/dispatcher/rest/target/dispatcher-rest.jar"
  "$ROOT/worker/app/target/worker-app.jar"
  "$ROOT/ops/bench/target/bench.jar"
)

fail() {
  printf 'bench: %s\n' "$1" >&2
  exit 1
}

missing() {
  local jar
  for jar in "${JARS[@]}"; do
    [[ -f "$jar" ]] || return 0
  done
  return 1
}

# Starts a main class of the bench with the arguments. The process becomes the Java program, so that a
# signal to it reaches it; its children end with it.
become() {
  local jdk
  jdk="$("$ROOT/ops/brigade" jdk)"
  if missing && [[ "${BRIGADE_SKIP_BUILD:-}" != true ]]; then
    command -v mvn >/dev/null || fail "mvn is not here and the programs must be built: install Maven"
    echo "building (mvn -q -DskipTests package), which takes a minute or two" >&2
    (cd "$ROOT" && JAVA_HOME="$jdk" mvn -q -B -DskipTests package -pl "$MODULES" -am >&2) ||
      fail "the build failed; its messages are above"
  fi
  ! missing || fail "a jar is missing: build with mvn -q -DskipTests package"
  exec "$jdk/bin/java" -Xmx512m -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dbrigade.root="$ROOT" -cp "$ROOT/ops/bench/target/bench.jar" "$@"
}
