#!/usr/bin/env bash
# Publishes the configuration, and hands on its version and links.
set -euo pipefail

[[ $PUBLISH == true ]] || exit 0
if [[ $GITHUB_EVENT_NAME == pull_request ]]; then
  echo '::notice title=podlaunch::A pull request publishes nothing.'
  exit 0
fi
released=$RUNNER_TEMP/podlaunch-released.json
if ! node "$GITHUB_ACTION_PATH/lib/cli.cjs" release --json --yes --config="$CONFIG" --channel="$CHANNEL" >"$released"; then
  cat "$released" >&2
  exit 1
fi
node "$GITHUB_ACTION_PATH/action/outputs.mjs" "$released"
