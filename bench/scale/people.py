"""What people and nodes cost the directory and Slurm's accounting."""

from __future__ import annotations

from dataclasses import dataclass

from podlaunch_node.steps.directory import sssd_conf

CONNECTION_SECONDS = 240
"""The default of connectionExpireSeconds: SSSD makes a new connection as often while people are at work."""
OFFLINE_SECONDS = 3
"""The default of offlineSeconds: within that time every node's SSSD connects again."""


@dataclass(frozen=True)
class Costs:
    """Unit costs, measured in the lab by bench/scale/measure."""

    bind_ms: float
    search_ms: float
    binds_per_second: float
    members_ms_per_1000: float
    add_ms_per_1000: float
    list_ms_per_1000: float
    date: str
    processors: int


def binds(nodes: int, refresh_seconds: int) -> tuple[float, float, float]:
    """Connections with bind a second: from refreshes; from SSSD with people at work; when the load balancer is back.

    A refresh comes after three quarters of its period on average.
    """
    refreshes = nodes / (0.75 * refresh_seconds)
    back = nodes / (OFFLINE_SECONDS + sssd_conf.reconnect_spread(nodes))
    return refreshes, refreshes + nodes / CONNECTION_SECONDS, back


def refresh(people: int, costs: Costs) -> tuple[float, float, float]:
    """Seconds that the controller needs: to ask the directory for its people, to list associations, to add them all."""
    thousands = people / 1000
    return (
        thousands * costs.members_ms_per_1000 / 1000,
        thousands * costs.list_ms_per_1000 / 1000,
        thousands * costs.add_ms_per_1000 / 1000,
    )
