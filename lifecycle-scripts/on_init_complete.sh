#!/bin/bash
# HyperPod runs this on each new node, after Slurm and the shared file system are set up.
# It only starts Python. When it fails, its last lines say why, and the wait lets them reach CloudWatch.
set -Eeuo pipefail
code=0
trap 'code=$?; echo "podlaunch: on_init_complete.sh, line $LINENO: exit code $code" >&2; sync; sleep "${PODLAUNCH_FAILURE_WAIT:-60}"; exit "$code"' ERR

# What Python says it writes to this file itself; what goes wrong before and around it is on stderr.
log=${PODLAUNCH_LOG:-/var/log/provision/podlaunch.log}
mkdir -p "${log%/*}" 2>/dev/null || true
[ ! -w "${log%/*}" ] || exec 2> >(tee -a "$log" >&2)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
/usr/bin/python3 -IB -c '
import sys
sys.path.insert(0, sys.argv.pop(1))
try:
    from podlaunch_node.cli import main
except (ImportError, SyntaxError) as error:
    sys.exit(f"podlaunch: PLN-BUNDLE: the lifecycle scripts are not whole: {error}")
sys.exit(main(sys.argv[1:]))' "$here" apply --first-boot
