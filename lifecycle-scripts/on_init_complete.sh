#!/bin/bash
# HyperPod runs this on each new node, after Slurm and the shared file system are set up. It only starts Python, once the
# folder is what was published: `.assets.json` lists every file with its hash, and the name that this script is called by,
# on_init_complete-HASH.sh, says which list. Without that name (by hand, or from another on_create.sh) a list beside it
# counts all the same. When the script fails, its last lines say why, and the wait lets them reach CloudWatch.
# HyperPod takes a controller that fails for a launch that failed. It launches any other node that fails again and
# again, and bills each time: such a node stays in service instead, without jobs and closed to people.
set -Eeuo pipefail
code=0
trap 'code=$?; echo "podlaunch: on_init_complete.sh, line $LINENO: exit code $code" >&2; finish "$code"' ERR

finish() {
  if ! systemctl --quiet is-active slurmctld; then
    if grep -qs '^+' /etc/podlaunch/access.conf; then
      echo "podlaunch: this node stays joined, on its last good files" >&2
    else
      take_no_jobs
      echo "podlaunch: this node stays in service, without jobs and closed to people: only a controller fails a launch" >&2
    fi
    exit 0
  fi
  sync
  sleep "${PODLAUNCH_FAILURE_WAIT:-60}"
  exit "$1"
}

# What failed may be what keeps jobs from the node's role. A drain that is there keeps its reason; the run that joins the
# node takes ours back (steps/slurm/slurm_node.py).
take_no_jobs() {
  systemctl --quiet is-active slurmd || return 0
  local PATH=$PATH:/opt/slurm/bin name
  name=$(hostname -s)
  ! timeout 20 scontrol --oneliner show node "$name" 2>/dev/null | grep -q ' State=[^ ]*DRAIN' || return 0
  timeout 20 scontrol update "nodename=$name" state=drain reason="podlaunch: the lifecycle scripts failed" >&2 ||
    systemctl stop slurmd || true
}

# What Python says it writes to this file itself; what goes wrong before and around it is on stderr.
log=${PODLAUNCH_LOG:-/var/log/provision/podlaunch.log}
mkdir -p "${log%/*}" 2>/dev/null || true
[ ! -w "${log%/*}" ] || exec 2> >(tee -a "$log" >&2)

# Jobs may run here already. From here on only root has the node's role, even where the folder turns out not to be whole.
# Python puts its own rules in the place of these. Where the settings open the service, it keeps the settings and no rules.
rules=/etc/podlaunch/metadata-service.nft
if [ ! -e "$rules" ] && [ ! -e /var/lib/podlaunch/settings.json ]; then
  rules=-
fi
if [ "$rules" = - ] || [ -e "$rules" ]; then
  PATH=$PATH:/usr/sbin:/sbin nft --file "$rules" <<'RULES' || echo "podlaunch: the metadata service is open to users" >&2
# Written by podlaunch-node.
table inet podlaunch_metadata {}
delete table inet podlaunch_metadata
table inet podlaunch_metadata {
    chain asked {
        meta skuid { 0 } accept
        reject with icmpx type admin-prohibited
    }
    chain output {
        type filter hook output priority raw; policy accept;
        ip daddr { 169.254.169.254, 169.254.0.2, 169.254.170.2, 169.254.170.23 } jump asked
        ip6 daddr { fd00:ec2::254, fd00:ec2::23 } jump asked
        ip daddr 169.254.0.0/16 tcp dport 9081 jump asked
    }
    chain prerouting {
        type filter hook prerouting priority raw; policy accept;
        iif lo accept
        # The agent itself, should it ask through the node.
        ip saddr 169.254.0.2 accept
        ip daddr { 169.254.169.254, 169.254.0.2, 169.254.170.2, 169.254.170.23 } reject with icmpx type admin-prohibited
        ip6 daddr { fd00:ec2::254, fd00:ec2::23 } reject with icmpx type admin-prohibited
        ip daddr 169.254.0.0/16 tcp dport 9081 reject with icmpx type admin-prohibited
    }
}
RULES
fi

/usr/bin/python3 -IB -c '
import hashlib, importlib.util, json, os, re, sys

entry = os.path.abspath(sys.argv.pop(1))
here, name = os.path.split(entry)
LIST = ".assets.json"
CODE = (".py", ".pyc", ".so", ".sh", ".pth", ".zip", ".egg")

def refuse(why):
    sys.exit(
        f"podlaunch: PLN-BUNDLE: the lifecycle scripts are not as they were published: {why}\n"
        "podlaunch:   what to do: publish them again, and look who writes to the node bucket (docs/nodes/trust.md)."
    )

def digest(path):
    with open(os.path.join(here, path), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()

def compare():
    named = re.fullmatch(r"on_init_complete-([0-9a-f]{64})\.sh", name)
    if not named and not os.path.exists(os.path.join(here, LIST)):
        return
    if named and digest(LIST) != named[1]:
        refuse(f"{LIST} is another list than the one that {name} names")
    with open(os.path.join(here, LIST), encoding="utf-8") as file:
        listed = {one["path"].partition("/")[2]: one["sha256"] for one in json.load(file)["files"]}
    listed[name] = listed["on_init_complete.sh"]
    for path, sha256 in listed.items():
        if digest(path) != sha256:
            refuse(f"{path} was changed")
    for folder, _, names in os.walk(here):
        for path in (os.path.relpath(os.path.join(folder, one), here) for one in names):
            if path not in listed and (path.startswith("podlaunch_node/") or path.endswith(CODE)):
                refuse(f"{path} was added")

def load_package():
    # This one package and nothing beside it: what is in the folder under the name of another module stays unseen.
    place = os.path.join(here, "podlaunch_node")
    spec = importlib.util.spec_from_file_location(
        "podlaunch_node", os.path.join(place, "__init__.py"), submodule_search_locations=[place]
    )
    sys.modules["podlaunch_node"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["podlaunch_node"])

try:
    compare()
    load_package()
    from podlaunch_node.cli import main
except (ImportError, SyntaxError, OSError, ValueError, LookupError, TypeError) as error:
    refuse(error)
sys.exit(main(sys.argv[1:]))' "${BASH_SOURCE[0]}" apply --first-boot
