#!/bin/bash
# For clusters made with OnCreate: the last step of AWS's base-config scripts, in place of setup_sssd.py.
# OnCreate runs instead of HyperPod's own set-up, so alone this would leave a node without Slurm.
set -Eeuo pipefail
trap 'echo "podlaunch: on_create.sh, line $LINENO: exit code $?" >&2' ERR

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ! -x /opt/slurm/bin/sinfo && ! -x /usr/bin/sinfo ]] || ! compgen -G '/etc/systemd/system/*/slurm*.service' >/dev/null; then
  echo "podlaunch: this node has no Slurm: with OnCreate, AWS's base-config scripts must run first." >&2
  echo "podlaunch: call this script as the last step of their on_create.sh, or use OnInitComplete." >&2
  sleep "${PODLAUNCH_FAILURE_WAIT:-60}"
  exit 1
fi
exec bash "$here/on_init_complete.sh"
