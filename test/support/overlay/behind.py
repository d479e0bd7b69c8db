"""What AWS does behind its APIs, done by a server of the test: a directory, a load balancer, names, the nodes' role.

Without BEHIND_URL there is no such server, and the emulators only keep what they are told.
"""

import asyncio
import json
import os
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from ministack import app
from ministack.services import acm, alb, iam, route53, sts

from .registry import Made, Properties, may_wait, serve, wrap

URL = os.environ.get("BEHIND_URL", "")
LISTENER, RECORD = "AWS::ElasticLoadBalancingV2::Listener", "AWS::Route53::RecordSet"


def register() -> None:
    """Puts the server behind the engine's handlers and behind the services' requests."""
    if URL == "":
        return
    wrap("AWS::DirectoryService::MicrosoftAD", "create", make_directory)
    wrap("AWS::SageMaker::Cluster", "create", hand_out_role)
    for resource_type, tell in ((LISTENER, tell_balancer), (RECORD, tell_names)):
        may_wait(resource_type)
        for verb in ("create", "update", "delete"):
            wrap(resource_type, verb, then(tell))
    alb._ACTION_MAP["DescribeTargetHealth"] = target_health
    for service in ("elasticloadbalancing", "acm"):
        serve(service, answer_then_tell(app.SERVICE_HANDLERS[service]))
    serve("ds", answer_directory(app.SERVICE_HANDLERS["ds"]))


def ask(what: str, **told: object) -> dict:
    """Asks the server. Raises ValueError with its words where it refuses."""
    request = Request(f"{URL}/{what}", data=json.dumps(told).encode(), method="POST")
    try:
        with urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())
    except HTTPError as refusal:
        raise ValueError(refusal.read().decode()) from None


def make_directory(handler):
    """The directory's Admin gets the template's password; its addresses are those of the controllers."""

    def create(logical_id: str, properties: Properties, stack: str) -> Made:
        directory_id, attributes = handler(logical_id, properties, stack)
        made = ask("directory", password=properties["Password"])
        return directory_id, {**attributes, "DnsIpAddresses": made["addresses"]}

    return create


def answer_directory(others: Callable) -> Callable:
    """The service's requests: what only the directory itself can answer, and those of the others."""

    async def answer(method: str, path: str, headers: dict, body: bytes, query: dict) -> tuple[int, dict, bytes]:
        target = next((value for name, value in headers.items() if name.lower() == "x-amz-target"), "").split(".")[-1]
        kind = {"Content-Type": "application/x-amz-json-1.1"}
        if target == "DescribeDomainControllers":
            controllers = (await asyncio.to_thread(ask, "controllers"))["addresses"]
            found = [{"DnsIpAddr": address, "Status": "Active"} for address in controllers]
            return 200, kind, json.dumps({"DomainControllers": found}).encode()
        if target == "ResetUserPassword":
            asked = json.loads(body)
            try:
                await asyncio.to_thread(ask, "password", user=asked["UserName"], password=asked["NewPassword"])
            except ValueError:
                return 400, kind, b'{"__type": "UserDoesNotExistException"}'
            return 200, kind, b"{}"
        return await others(method, path, headers, body, query)

    return answer


def then(tell: Callable[[], None]) -> Callable:
    """After the handler the server is told how things are now."""

    def wrapper(handler):
        def handle(*arguments, **named):
            result = handler(*arguments, **named)
            tell()
            return result

        return handle

    return wrapper


def answer_then_tell(handler: Callable) -> Callable:
    """After a request that may have changed targets or a certificate the load balancer is told."""

    async def answer(method: str, path: str, headers: dict, body: bytes, query: dict) -> tuple[int, dict, bytes]:
        answered = await handler(method, path, headers, body, query)
        await asyncio.to_thread(tell_balancer)
        return answered

    return answer


told: list[dict] = []
"""What the load balancer was told last."""


def tell_balancer() -> None:
    """Listeners with their certificates, and the targets that they lead to."""
    listeners = [
        {
            "port": one["Port"],
            "tls": [pem_of(arn) for arn in one.get("Certificates", [])],
            "targets": [
                target["Id"] for action in one["DefaultActions"] for target in alb._targets[action["TargetGroupArn"]]
            ],
        }
        for one in alb._listeners.values()
    ]
    if listeners != told:
        ask("balancer", listeners=listeners)
        told[:] = listeners


def pem_of(arn: str) -> str:
    """A certificate with its chain and its key."""
    certificate = acm._certificates[arn]
    return "".join(certificate[part].strip() + "\n" for part in ("_pem_body", "_pem_chain", "_private_key"))


def target_health(params: dict):
    """How the load balancer sees its targets."""
    states = ask("health")["states"]
    arn = alb._p(params, "TargetGroupArn")
    if arn not in alb._tgs:
        return alb._error("TargetGroupNotFound", f"Target group '{arn}' not found.")
    members = "".join(
        f"<member><Target><Id>{one['Id']}</Id><Port>{one.get('Port', alb._tgs[arn]['Port'])}</Port></Target>"
        f"<TargetHealth><State>{states.get(one['Id'], 'unused')}</State></TargetHealth></member>"
        for one in alb._targets.get(arn, [])
    )
    inner = f"<TargetHealthDescriptions>{members}</TargetHealthDescriptions>"
    return alb._xml(200, "DescribeTargetHealth", inner)


def tell_names() -> None:
    """The aliases of private zones: names of the load balancer."""
    records = [record for zone in route53._records.values() for record in zone]
    names = [record["Name"].rstrip(".") for record in records if "AliasTarget" in record]
    ask("names", names=names)


def hand_out_role(handler):
    """The nodes get a session of their role, which must trust SageMaker."""

    def create(logical_id: str, properties: Properties, stack: str) -> Made:
        made = handler(logical_id, properties, stack)
        ask("role", **session_of(properties["InstanceGroups"][0]["ExecutionRole"]))
        return made

    return create


def session_of(role_arn: str) -> dict:
    """Credentials of a session that SageMaker begins for a node."""
    account, role = role_arn.split(":")[4], role_arn.rsplit("/", 1)[1]
    trust = iam._roles[role]["AssumeRolePolicyDocument"]
    if "sagemaker.amazonaws.com" not in json.dumps(trust):
        raise ValueError(f"{role_arn} does not trust SageMaker")
    key, secret, token = iam._gen_session_access_key(), iam._gen_secret(), iam._gen_session_token()
    session = {
        "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/node",
        "UserId": f"{role}:node",
        "SecretAccessKey": secret,
        "SessionToken": token,
    }
    sts.register_session(key, session)
    return {"AccessKeyId": key, "SecretAccessKey": secret, "Token": token}
