#!/usr/bin/env bash
# Writes what an update to the configuration changes, for the comment and the summary of the run.
set -euo pipefail

changes=$RUNNER_TEMP/podlaunch-changes.md
errors=$RUNNER_TEMP/podlaunch-errors.txt
rm -f "$changes"
[[ -n $COMPARE_WITH ]] || exit 0

if ! node "$GITHUB_ACTION_PATH/lib/cli.cjs" diff --format=markdown --config="$CONFIG" -- "$COMPARE_WITH" >"$changes" 2>"$errors"; then
  cat "$errors" >&2
  # PL5009: the channel cannot be read, as before the first release.
  grep -q '^error PL5009:' "$errors" || exit 1
  printf 'Nothing is published yet that this could be compared with, or it cannot be read from here.\n' >"$changes"
fi
# GitHub takes a summary of at most 1 MiB.
head -c 1000000 "$changes" >>"$GITHUB_STEP_SUMMARY"
