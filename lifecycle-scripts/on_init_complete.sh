#!/bin/bash
# HyperPod runs this on each new node, after Slurm and the shared file system are set up.
# It only starts Python. When it fails, its last lines say why, and the wait lets them reach CloudWatch.
# HyperPod takes a controller that fails for a launch that failed. It launches any other node that fails again and
# again, and bills each time: such a node stays in service instead, without jobs and closed to people.
set -Eeuo pipefail
code=0
trap 'code=$?; echo "podlaunch: on_init_complete.sh, line $LINENO: exit code $code" >&2; finish "$code"' ERR

finish() {
  if ! systemctl --quiet is-active slurmctld; then
    take_no_jobs
    echo "podlaunch: this node stays in service, without jobs and closed to people: only a controller fails a launch" >&2
    exit 0
  fi
  sync
  sleep "${PODLAUNCH_FAILURE_WAIT:-60}"
  exit "$1"
}

# What failed may be what keeps jobs from the node's role.
take_no_jobs() {
  systemctl --quiet is-active slurmd || return 0
  PATH=$PATH:/opt/slurm/bin timeout 20 scontrol update "nodename=$(hostname -s)" state=drain \
    reason="podlaunch: the lifecycle scripts failed" >&2 || systemctl stop slurmd || true
}

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
