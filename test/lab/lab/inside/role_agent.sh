#!/bin/bash
# The agent's network and the redirect to it, as iptables-nft writes that one:
#   iptables -t nat -A OUTPUT -d SERVICE -p tcp --dport 80 -j DNAT --to-destination ADDRESS:PORT
#   role_agent.sh SERVICE ADDRESS PORT NAMESPACE
set -euo pipefail
service=$1 address=$2 port=$3 namespace=$4
if [ ! -e "/run/netns/$namespace" ]; then
  ip netns add "$namespace"
  ip link add agent0 type veth peer name agent1 netns "$namespace"
  ip addr add 169.254.0.1/30 dev agent0
  ip link set agent0 up
  ip -n "$namespace" addr add "$address/30" dev agent1
  ip -n "$namespace" link set agent1 up
  # What the agent answers to containers of the node goes back through the node.
  ip -n "$namespace" route add default via 169.254.0.1
fi
ip route replace "$service/32" dev eth0
nft -f - <<RULES
table ip nat {}
delete table ip nat
table ip nat {
  chain OUTPUT {
    type nat hook output priority -100; policy accept;
    ip daddr $service tcp dport 80 counter dnat to $address:$port
  }
}
RULES
