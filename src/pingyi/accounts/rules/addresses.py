"""From where somebody signs in: the address of the browser, also behind proxies."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

ONE_PLACE_V6 = 64
"""Whoever has one address of IPv6 has all that share its first 64 bits (RFC 6177)."""


def browser_address(peer: str, forwarded: str, trusted: Collection[Network]) -> str:
    """The address of the browser, empty where it is not known.

    `peer` is who speaks to us, `forwarded` the header X-Forwarded-For. What proxies of ours have
    written into it is believed, from the right; what stands further left anybody may have written.
    """
    address = _address(peer)
    for said in reversed(forwarded.split(",") if forwarded else []):
        if address is None or not _is_within(address, trusted):
            break
        address = _address(said.strip())
    return "" if address is None else str(address)


def place_of(address: str) -> str:
    """What is counted as one place; empty for this machine itself and what is not known.

    All whom a proxy on this machine speaks for seem to sit on it where it is not trusted.
    """
    found = _address(address)
    if found is None or found.is_loopback:
        return ""
    if isinstance(found, IPv6Address):
        return str(ip_network((found, ONE_PLACE_V6), strict=False))
    return str(found)


def is_this_machine(host: str) -> bool:
    """Whether a name or address of a server, with its port or without, reaches only whoever sits
    before it.
    """
    name = host.partition(":")[0].casefold()
    found = _address(host)
    return name == "localhost" or (found is not None and found.is_loopback)


def _address(text: str) -> Address | None:
    """Also as some proxies write it: with a port, in brackets, IPv4 as IPv6."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_within(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)
