"""The certificate authority that the node trusts for the directory, and nothing else.

The load balancer's certificate lies in ACM. Where it has a chain that vouches for it, the chain is
the anchor, so that a leaf renewed under the same CA changes nothing here; else the certificate itself is. A certificate
that the system trusts already (issued by Amazon) is checked against the system's store.
"""

from __future__ import annotations

import json
import re
import ssl
import tempfile
from pathlib import Path
from typing import Any

from podlaunch_node import aws, files
from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError

NAME = "certificate"
ANCHOR = f"{ETC}/directory-ca.pem"
KEPT = f"{STATE}/certificate.json"
SYSTEM = "/etc/ssl/certs/ca-certificates.crt"
BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----\s.*?-----END CERTIFICATE-----", re.DOTALL)


def known_or_fetch(node: Node, region: str, arn: str) -> str | None:
    """As fetch, but from an earlier run where there was one: ACM answers 10 requests a second in an account."""
    try:
        kept: Any = json.loads(files.read(node, KEPT) or "{}")
    except ValueError:
        kept = {}
    return kept["anchor"] if kept.get("arn") == arn else fetch(node, region, arn)


def fetch(node: Node, region: str, arn: str) -> str | None:
    """The PEM text to trust, or None for the system's store. Throws PLN-AWS, PLN-CERTIFICATE."""
    answer = aws.call(node, region, "acm", "get-certificate", "--certificate-arn", arn)
    leaf = blocks(str(answer.get("Certificate") or ""), arn)
    chain = blocks(str(answer.get("CertificateChain") or ""), arn)
    if not leaf:
        raise _fault(arn, "holds no certificate")
    if chain and vouches(node, ["-CApath", "/etc/ssl/certs", "-no-CAfile"], leaf, chain):
        return None
    if chain and vouches(node, ["-partial_chain", "-no-CApath"], leaf, chain):
        return "\n".join(chain) + "\n"
    return "\n".join(leaf) + "\n"


def blocks(text: str, arn: str) -> list[str]:
    """The PEM blocks in a text. Throws PLN-CERTIFICATE where one is damaged."""
    found = [one.replace("\r", "") for one in BLOCK.findall(text)]
    for one in found:
        try:
            ssl.create_default_context(cadata=one)
        except (ssl.SSLError, ValueError) as error:
            raise _fault(arn, f"is damaged ({error})") from error
    return found


def vouches(node: Node, store: list[str], leaf: list[str], chain: list[str]) -> bool:
    """Whether a store vouches for this certificate (dates aside), as OpenSSL sees it.

    `store` names the system's; with `-partial_chain` and no store, it is the chain itself.
    """
    with tempfile.TemporaryDirectory() as folder:
        leaf_file, chain_file = Path(folder) / "leaf.pem", Path(folder) / "chain.pem"
        leaf_file.write_text("\n".join(leaf), encoding="ascii")
        chain_file.write_text("\n".join(chain), encoding="ascii")
        role = "-CAfile" if "-partial_chain" in store else "-untrusted"
        try:
            node.run(["openssl", "verify", "-no_check_time", *store, role, str(chain_file), str(leaf_file)])
        except CommandError as error:
            if error.code is None:
                raise Fault("PLN-CERTIFICATE", str(error), "Install openssl.") from error
            return False
    return True


def cafile(node: Node, plan: Plan) -> str:
    """The file that TLS clients on this node check the directory's certificate against."""
    return str(node.path(ANCHOR)) if plan.anchor else SYSTEM


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [] if files.is_so(node, KEPT, _memory(plan), 0o600) else ["the certificate authority is a new one"]
    if plan.anchor is not None and not files.is_so(node, ANCHOR, plan.anchor, 0o644):
        found.append(f"{ANCHOR} does not hold the certificate authority of {plan.settings.directory.ldaps_host}")
    return found


def apply(node: Node, plan: Plan) -> None:
    """Write the anchor, which the directory's certificate has just been proved against.

    SSSD takes it with its next connection (module sssd).
    """
    if plan.anchor is not None:
        files.write(node, ANCHOR, plan.anchor)
    files.write(node, KEPT, _memory(plan), mode=0o600)


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-CERTIFICATE where the file cannot be used as an anchor."""
    try:
        ssl.create_default_context(cafile=cafile(node, plan))
    except (OSError, ssl.SSLError) as error:
        raise Fault("PLN-CERTIFICATE", f"{cafile(node, plan)}: {error}", "Run `podlaunch-node apply`.") from error


def _fault(arn: str, why: str) -> Fault:
    return Fault("PLN-CERTIFICATE", f"the certificate {arn} {why}", "Import certificate and chain to ACM again.")


def _memory(plan: Plan) -> str:
    return json.dumps({"arn": plan.settings.directory.certificate_arn, "anchor": plan.anchor})
