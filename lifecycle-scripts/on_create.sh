#!/bin/bash
# For clusters made with OnCreate: the last step of AWS's base-config scripts, in place of setup_sssd.py.
# OnCreate runs instead of HyperPod's own set-up, so alone this would leave a node without Slurm.
set -Eeuo pipefail
trap 'echo "podlaunch: on_create.sh, line $LINENO: exit code $?" >&2' ERR

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

slurm_is_up() {
  systemctl --quiet is-active slurmctld slurmd sackd || PATH=$PATH:/opt/slurm/bin timeout 20 sinfo >/dev/null 2>&1
}

# By the cluster's settings: without Slurm nothing else on the node says it.
node_type() {
  /usr/bin/python3 -IB -c '
import sys
sys.path.append(sys.argv[1])
from podlaunch_node.node_type import main
main()' "$here" 2>/dev/null || echo unknown
}

if ! slurm_is_up; then
  log=${PODLAUNCH_LOG:-/var/log/provision/podlaunch.log}
  mkdir -p "${log%/*}"
  tee -a "$log" >&2 <<'WORDS'
podlaunch: PLN-ALONE: Slurm does not run here. With OnCreate, AWS's base-config scripts must run first.
podlaunch:   what to do: make this the last step of their on_create.sh, or choose OnInitComplete.
WORDS
  # HyperPod would launch any other node that fails again and again (see on_init_complete.sh).
  [ "$(node_type)" = Controller ] || exit 0
  sync
  sleep "${PODLAUNCH_FAILURE_WAIT:-60}"
  exit 1
fi
exec bash "$here/on_init_complete.sh"
