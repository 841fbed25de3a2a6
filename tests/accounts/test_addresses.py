"""From where somebody signs in, also behind proxies."""

from ipaddress import ip_network

import pytest

from pingyi.accounts.rules.addresses import browser_address, is_this_machine, place_of

OURS = [ip_network("127.0.0.1/32"), ip_network("10.1.0.0/16"), ip_network("2001:db8:1::/48")]
BROWSER = "203.0.113.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        (BROWSER, "", BROWSER),
        # Whoever is no proxy of ours may write what he likes.
        (BROWSER, "198.51.100.1", BROWSER),
        ("127.0.0.1", BROWSER, BROWSER),
        ("127.0.0.1", f"198.51.100.1, {BROWSER}", BROWSER),
        ("127.0.0.1", f"198.51.100.1,{BROWSER} , 10.1.2.3", BROWSER),
        ("2001:db8:1::1", "2001:db8:9::7", "2001:db8:9::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "unknown", ""),
        ("127.0.0.1", f"{BROWSER}, ", ""),
        ("127.0.0.1", f"{BROWSER}:51234", BROWSER),
        ("127.0.0.1", "[2001:db8:9::7]:443", "2001:db8:9::7"),
        ("127.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("::ffff:127.0.0.1", f"::ffff:{BROWSER}", BROWSER),
        ("", BROWSER, ""),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(peer: str, forwarded: str, found: str) -> None:
    assert browser_address(peer, forwarded, OURS) == found


def test_without_a_proxy_of_ours_the_header_is_not_read() -> None:
    assert browser_address("127.0.0.1", BROWSER, []) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (BROWSER, BROWSER),
        ("2001:db8:9::7", "2001:db8:9::/64"),
        ("2001:db8:9:0:ffff::1", "2001:db8:9::/64"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_what_counts_as_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("Localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("10.1.2.3:8000", False),
        ("pingyi.example", False),
        ("pingyi.example:8443", False),
    ],
)
def test_a_server_that_only_its_own_machine_knows(host, is_here):
    assert is_this_machine(host) is is_here
