#!/bin/bash
# HyperPod runs this on each new node, after Slurm and the shared file system are set up.
# It only starts Python. When it fails, its last lines say why, and the wait lets them reach CloudWatch.
set -Eeuo pipefail
code=0
trap 'code=$?; echo "podlaunch: on_init_complete.sh, line $LINENO: exit code $code" >&2; sync; sleep "${PODLAUNCH_FAILURE_WAIT:-60}"; exit "$code"' ERR

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
/usr/bin/python3 -IB -c '
import sys
sys.path.insert(0, sys.argv.pop(1))
try:
    from podlaunch_node.cli import main
except (ImportError, SyntaxError) as error:
    sys.exit(f"podlaunch: PLN-BUNDLE: the lifecycle scripts are not whole: {error}")
sys.exit(main(sys.argv[1:]))' "$here" apply --first-boot
