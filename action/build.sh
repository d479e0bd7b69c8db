#!/usr/bin/env bash
# Makes the command line of this checkout: exactly the libraries of package-lock.json, and none of their scripts is run.
set -euo pipefail

if [[ $GITHUB_EVENT_NAME == pull_request_target ]]; then
  echo '::error title=podlaunch::This action does not run on pull_request_target, where code of a stranger would meet your secrets. Use pull_request.'
  exit 1
fi
cd "$GITHUB_ACTION_PATH"
[[ ! -f lib/cli.cjs ]] || exit 0
npm ci --ignore-scripts --no-audit --no-fund
npm run --silent build
