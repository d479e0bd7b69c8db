"""The certificate authority that the node trusts for the directory, and nothing else.

ACM has the load balancer's certificate. If its chain vouches for it, the chain is the anchor, so that a leaf renewed
under the same CA changes nothing here; else the certificate itself is. That is true of a certificate of a public
authority too: with the system's store as anchor, a certificate that any of its authorities gave to anybody would do.
"""

from __future__ import annotations

import json
import re
import ssl
import tempfile
from pathlib import Path
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, STATE, Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError
from podlaunch_node.settings_document import Directory
from podlaunch_node.system import aws, files

NAME = "certificate"
ANCHOR = f"{ETC}/directory-ca.pem"
KEPT = f"{STATE}/certificate.json"
BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----\s.*?-----END CERTIFICATE-----", re.DOTALL)


def known_or_fetch(node: Node, region: str, directory: Directory) -> str:
    """As fetch, but from an earlier run where there was one: ACM answers 10 requests a second in an account."""
    try:
        kept: Any = json.loads(files.read(node, KEPT) or "{}")
    except ValueError:
        kept = {}
    known = kept.get("anchor")
    of_this = (kept.get("arn"), kept.get("host")) == (directory.certificate_arn, directory.ldaps_host)
    return str(known) if known and of_this else fetch(node, region, directory)


def fetch(node: Node, region: str, directory: Directory) -> str:
    """The PEM text to trust. Throws PLN-AWS, and PLN-CERTIFICATE where the certificate is not for the LDAPS host."""
    arn, host = directory.certificate_arn, directory.ldaps_host
    answer = aws.call(node, region, "acm", "get-certificate", "--certificate-arn", arn)
    leaf = blocks(str(answer.get("Certificate") or ""), arn)
    chain = blocks(str(answer.get("CertificateChain") or ""), arn)
    if not leaf:
        raise _fault(arn, "contains no certificate")
    if not vouches(node, leaf, leaf, host):
        raise Fault(
            "PLN-CERTIFICATE",
            f"the certificate {arn} is not one for {host}",
            f"Give both stacks, as CertificateArn, a certificate that names {host}.",
        )
    return "\n".join(chain if chain and vouches(node, chain, leaf) else leaf) + "\n"


def blocks(text: str, arn: str) -> list[str]:
    """The PEM blocks in a text. Throws PLN-CERTIFICATE where one is damaged."""
    found = [one.replace("\r", "") for one in BLOCK.findall(text)]
    for one in found:
        try:
            ssl.create_default_context(cadata=one)
        except (ssl.SSLError, ValueError) as error:
            raise _fault(arn, f"is damaged ({error})") from error
    return found


def vouches(node: Node, anchors: list[str], leaf: list[str], host: str | None = None) -> bool:
    """Whether OpenSSL, with these anchors alone, takes the certificate (dates aside), and takes it for the host."""
    with tempfile.TemporaryDirectory() as folder:
        leaf_file, anchor_file = Path(folder) / "leaf.pem", Path(folder) / "anchors.pem"
        leaf_file.write_text("\n".join(leaf), encoding="ascii")
        anchor_file.write_text("\n".join(anchors), encoding="ascii")
        argv = ["openssl", "verify", "-no_check_time", "-partial_chain", "-no-CApath"]
        name = ["-verify_hostname", host] if host is not None else []
        try:
            node.run([*argv, *name, "-CAfile", str(anchor_file), str(leaf_file)])
        except CommandError as error:
            if error.code is None:
                raise Fault("PLN-CERTIFICATE", str(error), "Install openssl.") from error
            return False
    return True


def cafile(node: Node) -> str:
    """The file that TLS clients on this node check the directory's certificate against."""
    return str(node.path(ANCHOR))


def check(node: Node, plan: Plan) -> list[str]:
    """What differs from the plan."""
    found = [] if files.matches(node, KEPT, _memory(plan), 0o600) else ["the certificate authority is a new one"]
    if not files.matches(node, ANCHOR, plan.anchor, 0o644):
        found.append(f"{ANCHOR} does not contain the certificate authority of {plan.settings.directory.ldaps_host}")
    return found


def apply(node: Node, plan: Plan) -> None:
    """Write the anchor, which the directory's certificate has just been proved against.

    SSSD takes it with its next connection (module sssd).
    """
    files.write(node, ANCHOR, plan.anchor)
    files.write(node, KEPT, _memory(plan), mode=0o600)


def verify(node: Node, _plan: Plan) -> None:
    """Throws PLN-CERTIFICATE where the file cannot be used as an anchor."""
    try:
        ssl.create_default_context(cafile=cafile(node))
    except (OSError, ssl.SSLError) as error:
        raise Fault("PLN-CERTIFICATE", f"{cafile(node)}: {error}", "Run `podlaunch-node apply`.") from error


def _fault(arn: str, why: str) -> Fault:
    return Fault("PLN-CERTIFICATE", f"the certificate {arn} {why}", "Import certificate and chain to ACM again.")


def _memory(plan: Plan) -> str:
    directory = plan.settings.directory
    return json.dumps({"arn": directory.certificate_arn, "host": directory.ldaps_host, "anchor": plan.anchor})
