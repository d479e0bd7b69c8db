"""Keys of IAM's conditions that the engine lacks: how KMS is to sign, and the tags of certificates."""

import json

from ministack.core import iam_actions
from ministack.services import acm, tagging


def register() -> None:
    """Puts a function around the engine's own, and adds certificates to what it knows tags of."""
    tags_of_request = iam_actions.request_tag_context

    def context(service: str, action: str, body: bytes, params: dict) -> dict:
        return {**tags_of_request(service, action, body, params), **of_request(action, body)}

    iam_actions.request_tag_context = context
    tagging._RESOURCE_TAG_COLLECTORS["acm"] = certificates


def of_request(action: str, body: bytes) -> dict:
    """What a request itself says."""
    if action == "kms:Sign":
        return {"kms:SigningAlgorithm": json.loads(body)["SigningAlgorithm"]}
    if action == "acm:ImportCertificate":
        return {f"aws:RequestTag/{tag['Key']}": tag["Value"] for tag in json.loads(body).get("Tags", [])}
    return {}


def certificates() -> list[tuple[str, list[dict]]]:
    """ARN and tags of each certificate."""
    return [(arn, certificate.get("Tags", [])) for arn, certificate in acm._certificates.items()]
