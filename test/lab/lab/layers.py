"""The read-only root file systems that machines are made of.

A layer is Debian packages on top of the layer below it, kept as an overlay's upper folder. It is named by a hash of
everything that made it, so a changed package list makes a new layer and an unchanged one is built once.
"""

import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab.paths import HERE, cache

MIRROR = "http://deb.debian.org/debian"
PRIVATE = "unshare --mount --propagation private --fork --kill-child".split()
"""Keeps what is mounted during a build from the host's own mounts."""
LEND_PYTHON = HERE / "lab" / "image" / "lend-python.sh"


@dataclass(frozen=True)
class Layer:
    """One layer: the layer under it, its Debian packages, and a script that finishes it inside its root.

    A release is `ended` when it is no longer maintained: its updates are being taken off the archive. It borrows
    the Python of the layer `python` where its own is too old for the scripts.
    """

    name: str
    below: "Layer | None"
    packages: tuple[str, ...]
    finish: str = ""
    suite: str = "bookworm"
    ended: bool = False
    python: "Layer | None" = None

    def key(self) -> str:
        """Hash of everything that the layer is made from."""
        parts = [self.suite, self.name, self.packages, self.finish, self.below.key() if self.below else ""]
        if self.name == "edge":
            parts.append((HERE / "requirements-aws.txt").read_text())
        if self.python:
            parts += [LEND_PYTHON.read_text(), self.python.key()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]

    def path(self) -> Path:
        """The folder with the layer's files once it is built."""
        return cache() / "layers" / f"{self.name}-{self.key()}"

    def stack(self) -> list[Path]:
        """The overlay's lower folders, topmost first."""
        return [self.path(), *(self.below.stack() if self.below else [])]


TOOLS = tuple(
    "systemd systemd-sysv dbus iproute2 iputils-ping procps ca-certificates openssl netcat-openbsd "
    "ldap-utils less openssh-client python3 nftables psmisc".split()
)
# What a HyperPod node's image has: the user ubuntu with sudo, and Ubuntu's own sshd drop-ins.
FINISH_NODE = (HERE / "lab" / "image" / "finish-node.sh").read_text()
SLURM_IN_OPT = (HERE / "lab" / "image" / "slurm-in-opt.sh").read_text()

BASE = Layer("base", None, (*TOOLS, "util-linux-extra"))
CONTROLLER_OF_DOMAIN = Layer(
    "dc",
    BASE,
    tuple(
        "samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind krb5-user ldb-tools "
        "smbclient acl attr".split()
    ),
)
EDGE = Layer("edge", BASE, ("haproxy", "dnsmasq-base"))
NODE = Layer(
    "node",
    BASE,
    tuple(
        "sssd sssd-ldap sssd-tools sssd-dbus libnss-sss libpam-sss libsss-sudo python3-sss openssh-server sudo sshpass "
        "ldap-utils awscli python3-certifi munge slurm-client slurmd faketime curl".split()
    ),
    FINISH_NODE + SLURM_IN_OPT + "systemctl disable slurmd.service munge.service\n",
)
SLURM_CONTROLLER = Layer("controller", NODE, ("slurmctld", "slurmdbd", "mariadb-server"), SLURM_IN_OPT)

# Nodes of the Debian releases before and after, without Slurm: their SSSD and sshd bracket Ubuntu's.
OTHER_NODE = (*TOOLS, *"sssd-ldap sssd-tools libnss-sss libpam-sss openssh-server sudo awscli python3-certifi".split())
OLDER = Layer("older", None, OTHER_NODE, FINISH_NODE, "bullseye", ended=True, python=BASE)
# As Ubuntu 24.04 has it: systemd waits on the port, and starts sshd with the first caller.
BY_SOCKET = "systemctl disable ssh.service; systemctl enable ssh.socket\n"
NEWER = Layer("newer", None, OTHER_NODE, FINISH_NODE + BY_SOCKET, "trixie")

ALL = (BASE, CONTROLLER_OF_DOMAIN, EDGE, NODE, SLURM_CONTROLLER, OLDER, NEWER)


def build_missing() -> None:
    """Builds every layer that the cache lacks. Raises SystemExit with the log's name when one cannot be built."""
    if _all_built(BASE, CONTROLLER_OF_DOMAIN, EDGE, NODE, SLURM_CONTROLLER):
        return
    with the_cache_to_oneself():
        _forget_old()
        _build(BASE)
        with ThreadPoolExecutor() as pool:
            list(pool.map(_build, (CONTROLLER_OF_DOMAIN, EDGE, NODE)))
        _build(SLURM_CONTROLLER)


def build_other_releases() -> None:
    """Builds the nodes of other Debian releases that the cache lacks: only some checks need them."""
    if _all_built(OLDER, NEWER):
        return
    with the_cache_to_oneself(), ThreadPoolExecutor() as pool:
        list(pool.map(_build, (OLDER, NEWER)))


def _all_built(*layers: Layer) -> bool:
    """Whether there is nothing to wait for, whoever may be building something else now."""
    return all(layer.path().exists() for layer in layers)


def _build(layer: Layer) -> None:
    if layer.path().exists():
        return
    print(f"lab: building layer {layer.name}", flush=True)
    building = layer.path().with_suffix(".new")
    shutil.rmtree(building, ignore_errors=True)
    log = cache() / f"build-{layer.name}.log"
    with log.open("w") as out:
        if layer.below is None:
            _bootstrap(layer, building, out.fileno())
            if layer.python:
                _must(["bash", str(LEND_PYTHON), str(building), str(layer.python.path())], out.fileno(), log)
        else:
            building.mkdir()
            lower = ":".join(str(path) for path in layer.below.stack())
            script = ["bash", str(HERE / "lab" / "image" / "install-packages.sh"), str(building), lower, layer.finish]
            _must([*PRIVATE, "--uts", "--pid", "--ipc", *script, *layer.packages], out.fileno(), log)
            if layer is EDGE:
                _install_moto(building, out.fileno(), log)
    building.rename(layer.path())


def _bootstrap(layer: Layer, target: Path, out: int) -> None:
    """A layer with none below it, by mmdebstrap. It is unpacked into the cache: nothing is installed on the host."""
    log = cache() / f"build-{layer.name}.log"
    tools = cache() / "tools"
    if not (tools / "usr/bin/mmdebstrap").exists():
        tools.mkdir(parents=True, exist_ok=True)
        get = "apt-get -q update; apt-get -q download mmdebstrap debian-archive-keyring"
        _must(["sh", "-c", f"cd {tools} && {get} && for deb in *.deb; do dpkg -x $deb .; done"], out, log)
    keys = tools / "usr/share/keyrings/debian-archive-keyring.gpg"
    suite = layer.suite
    archives = [f" {suite}", *([] if layer.ended else [f" {suite}-updates", f"-security {suite}-security"])]
    sources = "\n".join(f"deb [signed-by={keys}] {MIRROR}{where} main" for where in archives)
    command = [
        str(tools / "usr/bin/mmdebstrap"),
        "--mode=root",
        "--variant=apt",
        f"--include={','.join(layer.packages)}",
    ]
    hooks = ["echo LANG=C.UTF-8 > $1/etc/default/locale", f'chroot "$1" bash -euc {shlex.quote(layer.finish)}']
    command += [f"--customize-hook={hook}" for hook in hooks]
    if layer.ended:
        # Later releases merge /usr by themselves; on this one the installer does it.
        command.append(f"--setup-hook={tools}/usr/share/mmdebstrap/hooks/merged-usr/setup00.sh")
    _must([*PRIVATE, *command, suite, str(target), "-"], out, log, sources)


def _install_moto(root: Path, out: int, log: Path) -> None:
    """moto for the layer's Python 3.11, whatever Python the host has."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(root / "opt/moto")]
    wheels = ["--python-version", "3.11", "--only-binary=:all:", "--no-compile"]
    _must([*pip, *wheels, "-r", str(HERE / "requirements-aws.txt")], out, log)


def _must(command: list[str], out: int, log: Path, stdin: str = "") -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=stdin, text=True, stdout=out, stderr=out, env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"lab: {Path(command[0]).name} failed: see {log}")


@contextmanager
def the_cache_to_oneself() -> Iterator[None]:
    """Keeps other labs from building in the cache at the same time."""
    (cache() / "layers").mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lab_is_up() -> bool:
    """Whether some lab has a folder for its disks now."""
    return any(cache().glob("run-*"))


def _forget_old() -> None:
    """Removes layers whose package list is no longer asked for, unless a lab may stand on them."""
    if lab_is_up():
        return
    wanted = {layer.path().name for layer in ALL}
    for folder in (cache() / "layers").iterdir():
        if folder.name not in wanted and not folder.name.startswith("domain") or folder.name.endswith(".new"):
            shutil.rmtree(folder, ignore_errors=True)
