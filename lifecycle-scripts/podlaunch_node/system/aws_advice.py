"""What to do about an error of AWS. AWS says which of several walls refused; each has somebody else behind it."""

from __future__ import annotations

from dataclasses import dataclass

DENIED = ("AccessDenied", "UnauthorizedOperation", "not authorized")


@dataclass(frozen=True)
class Advice:
    """A next step, for an error that has one of these phrases."""

    phrases: tuple[str, ...]
    step: str


# The first that fits counts. A denial by somebody else's policy comes before the plain denial, which is the role's.
ADVICE = (
    Advice(
        ("KMS", "kms:", "customer master key"),
        "Allow the node's role kms:Decrypt on the key of the secret, in the key's policy or the role's; a disabled key "
        "must be enabled first.",
    ),
    Advice(
        ("VPC endpoint policy",),
        "The policy of the VPC endpoint for this service forbids it: the manager of the VPC's endpoints can allow it.",
    ),
    Advice(
        ("service control policy",),
        "A service control policy of the organization forbids it: its administrators can except the node's role.",
    ),
    Advice(
        ("resource control policy",),
        "A resource control policy of the organization forbids it: its administrators can except the node's role.",
    ),
    Advice(
        ("permissions boundary",),
        "The permissions boundary of the node's role forbids it: anyone who set the boundary can widen it.",
    ),
    Advice(
        ("session policy",),
        "A session policy forbids it. HyperPod sets none: check that nothing else gives this node its credentials.",
    ),
    Advice(
        ("resource-based policy",),
        "The policy of the resource itself (of the secret, with its `Deny`) forbids it: correct that policy.",
    ),
    Advice(
        ("explicit deny",),
        "A policy of the node's role denies it by name: find the `Deny` in the role's policies.",
    ),
    Advice(
        DENIED,
        "Give the node's role the policy that the cluster stack makes (resource NodeAccess, policy podlaunch-CLUSTER).",
    ),
    Advice(
        ("marked for deletion", "scheduled for deletion"),
        "Take the deletion back: aws secretsmanager restore-secret --secret-id ARN.",
    ),
    Advice(("AWSCURRENT",), 'The secret has no value yet: it must contain {"bindDn": "…", "password": "…"}.'),
    Advice(("NotFound",), "Check that the cluster stack exists in this region and names this resource."),
    Advice(
        ("proxy",),
        "Check HTTPS_PROXY and NO_PROXY in /etc/podlaunch/environment, and that the proxy answers this node. "
        "NO_PROXY must name 169.254.169.254.",
    ),
    Advice(
        ("Throttl", "TooManyRequests", "RequestLimitExceeded", "Rate exceeded"),
        "Nothing: the node tries again. If it stays, set a larger `refreshSeconds`, or ask AWS for a higher limit.",
    ),
    Advice(
        (
            "Could not connect",
            "Connect timeout",
            "Read timeout",
            "Name or service not known",
            "Connection was closed",
            "no end after",
        ),
        "Check the route to AWS: NAT gateway or VPC endpoint, security group, DNS.",
    ),
    # A certificate that is not valid now, or a signature that is of another time.
    Advice(
        ("certificate verify failed", "SSL validation failed", "Signature expired", "Signature not yet", "TooSkewed"),
        "Check the node's clock (timedatectl), then what is between the node and AWS's endpoints.",
    ),
    Advice(
        ("ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId", "security token"),
        "Check the node's role: whether it still exists and trusts sagemaker.amazonaws.com, and whether this region is "
        "enabled for the account.",
    ),
    Advice(("credentials", "Credentials"), "Check the instance metadata service and the node's role."),
    Advice(("is not installed",), "Install the AWS CLI: HyperPod's images have it."),
)
OTHERWISE = "Run the same `aws` command as root on the node."


def next_step(said: str) -> str:
    """What to do about what AWS, or its command, said."""
    fitting = (advice.step for advice in ADVICE if any(phrase in said for phrase in advice.phrases))
    return next(fitting, OTHERWISE)
