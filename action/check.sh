#!/usr/bin/env bash
# Checks what the configuration makes. Findings become annotations of the pull request.
set -euo pipefail

node "$GITHUB_ACTION_PATH/lib/cli.cjs" validate --format=github --config="$CONFIG" --fail-on="$FAIL_ON"
