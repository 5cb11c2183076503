# What the drills that kill have in common; they read it, nobody starts it.

# Runs a test of ops/acceptance as a drill, with more points than a build has, and fresh ones unless
# a seed is asked for.
#
#   drill <name> <test class> [--points N] [--seed S]
drill() {
  local name="$1" test="$2" points=30 seed
  shift 2
  seed="$(date +%s)"
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --points) points="${2:-}" ;;
      --seed) seed="${2:-}" ;;
      *)
        echo "$name: there is no option $1; there are --points and --seed" >&2
        return 2
        ;;
    esac
    shift $(($# > 1 ? 2 : 1))
  done
  [[ "$points" =~ ^[1-9][0-9]{0,2}$ ]] || { echo "$name: --points must be 1 to 999" >&2; return 2; }
  [[ "$seed" =~ ^-?[0-9]{1,18}$ ]] || { echo "$name: --seed must be a whole number" >&2; return 2; }

  cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
  exec mvn -q -B test -pl ops/acceptance -Dtest="$test" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dbrigade."$name".points="$points" -Dbrigade."$name".seed="$seed"
}
