# shellcheck shell=bash
# Tells what a script does, step by step, with the time that each step took. Sourced, never run.

# EPOCHREALTIME is written as the locale writes numbers, which awk does not read.
seconds_since() {
  LC_ALL=C awk -v from="${1/,/.}" -v to="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f s", to - from }'
}

# step SENTENCE COMMAND [ARGUMENT ...]: what the command prints is shown indented. The command runs in a subshell, so it
# cannot set variables of the script.
step() {
  local sentence=$1 begin=$EPOCHREALTIME status=0
  shift
  printf '\n▸ %s\n' "$sentence"
  ("$@") 2>&1 | sed -u 's/^/    /' || status=$?
  if [ "$status" != 0 ]; then
    printf '✗ %s: failed with exit code %s after %s\n' "$sentence" "$status" "$(seconds_since "$begin")" >&2
    exit "$status"
  fi
  printf '✓ %s\n' "$(seconds_since "$begin")"
}
