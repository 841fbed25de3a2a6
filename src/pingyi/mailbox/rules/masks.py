"""Addresses as logs write them."""


def masked(address: str) -> str:
    """Enough to find it again for whoever knows it: the first letter, and the domain."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"
