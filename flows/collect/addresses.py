"""Which addresses are out in the open. Judged by the address a connection is made to, never by its name."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_RELAYS = ip_network("192.88.99.0/24")
"""6to4 relay anycast, withdrawn by RFC 7526; `is_global` lets it pass."""
_PUBLIC_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them: an IPv4 address of the sender's choice
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: the same
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)


def is_public(address: str) -> bool:
    """Whether `address` (as text, a zone index allowed) belongs to the public internet.

    Anything that is not clearly public is refused: private, loopback, link-local, multicast,
    reserved and unspecified addresses, and the IPv6 forms that carry an IPv4 address inside
    (mapped, compatible, NAT64, 6to4, Teredo), whatever that address is.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not parsed.is_multicast and parsed not in _RELAYS
    return _public_v6(parsed)


def _public_v6(address: IPv6Address) -> bool:
    return address in _PUBLIC_V6 and address.is_global and not any(address in network for network in _NOT_PUBLIC_V6)
