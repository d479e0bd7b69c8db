"""AWS::ElasticLoadBalancingV2: the ARN of a network load balancer, the targets of a group, its full name, certificates.

The engine makes application load balancers only, registers no targets, and takes certificates that are not there.
"""

from ministack.services import acm, alb

from .registry import Made, Properties, wrap


def register() -> None:
    """Puts them around the engine's own handlers."""
    wrap("AWS::ElasticLoadBalancingV2::LoadBalancer", "create", network_create)
    wrap("AWS::ElasticLoadBalancingV2::LoadBalancer", "update", network_update)
    wrap("AWS::ElasticLoadBalancingV2::TargetGroup", "create", create_with_targets)
    wrap("AWS::ElasticLoadBalancingV2::TargetGroup", "update", update_with_targets)
    wrap("AWS::ElasticLoadBalancingV2::Listener", "create", create_with_known_certificates)


def network_create(handler):
    """loadbalancer/app/… becomes loadbalancer/net/…, in the store too."""

    def create(logical_id: str, properties: Properties, stack: str) -> Made:
        arn, attributes = handler(logical_id, properties, stack)
        if properties.get("Type") != "network":
            return arn, attributes
        network_arn = arn.replace(":loadbalancer/app/", ":loadbalancer/net/")
        for store in (alb._lbs, alb._tags, alb._lb_attrs):
            if arn in store:
                store[network_arn] = store.pop(arn)
        alb._lbs[network_arn]["LoadBalancerArn"] = network_arn
        return network_arn, network_names(attributes)

    return create


def network_update(handler):
    """The attributes of an update get the same names."""

    def update(arn: str, old: Properties, new: Properties, *rest) -> Made:
        physical_id, attributes = handler(arn, old, new, *rest)
        return physical_id, network_names(attributes) if new.get("Type") == "network" else attributes

    return update


def network_names(attributes: dict) -> dict:
    """The attributes with net/ in place of app/."""
    return {
        name: value.replace("loadbalancer/app/", "loadbalancer/net/").replace("app/", "net/")
        if isinstance(value, str)
        else value
        for name, value in attributes.items()
    }


def create_with_targets(handler):
    """Registers the template's targets."""

    def create(logical_id: str, properties: Properties, stack: str) -> Made:
        arn, attributes = handler(logical_id, properties, stack)
        alb._targets[arn] = targets(properties)
        return arn, {**attributes, "TargetGroupFullName": arn.split(":")[-1]}

    return create


def update_with_targets(handler):
    """Puts the new targets in the place of the old."""

    def update(arn: str, old: Properties, new: Properties, *rest) -> Made:
        physical_id, attributes = handler(arn, old, new, *rest)
        alb._targets[physical_id] = targets(new)
        return physical_id, {**attributes, "TargetGroupFullName": physical_id.split(":")[-1]}

    return update


def targets(properties: Properties) -> list[dict]:
    """Targets as the service keeps them."""
    return [
        {"Id": target["Id"], "Port": int(target.get("Port") or properties["Port"])}
        for target in properties.get("Targets", [])
    ]


def create_with_known_certificates(handler):
    """Refuses a certificate that ACM of this account and region does not have, in the service's words."""

    def create(logical_id: str, properties: Properties, stack: str) -> Made:
        for certificate in properties.get("Certificates", []):
            arn = certificate["CertificateArn"]
            if arn not in acm._certificates:
                raise ValueError(f"Certificate ARN '{arn}' is not valid (Service: ElasticLoadBalancingV2)")
        return handler(logical_id, properties, stack)

    return create
