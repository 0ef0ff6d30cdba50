"""Addresses that are asked, and those that are not, however they are written."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import DataError
from parley.reading import Unreadable
from parley.reading.fetching.address import join, parse_address, without_secrets
from parley.reading.fetching.networks import find_refusal, load_networks


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("HTTPS://example.org:443/a?b#c", "https://example.org/a?b"),
        ("http://example.org:8080/a/./b/../c", "http://example.org:8080/a/c"),
        ("http://example.org/a/%2e%2e/%2E/b/..", "http://example.org/"),
        ("http://example.org/../../a", "http://example.org/a"),
        ("http://example.org/caf\u00e9?q=\u00fc", "http://example.org/caf%C3%A9?q=%C3%BC"),
        ("http://b\u00fccher.example/", "http://xn--bcher-kva.example/"),
        ("http://example.org./", "http://example.org/"),
        ("http://[2001:4860:0::8888]:80/", "http://[2001:4860::8888]/"),
        ("http://example.org?x", "http://example.org/?x"),
        ("http://example.org/?", "http://example.org/?"),
        ("http://example.org//a//b/", "http://example.org//a//b/"),
        (" http://example.org/ ", "http://example.org/"),
    ],
)
def test_an_address_is_written_in_one_way(url, written):
    """However an address is spelt, what is asked for and remembered is the same."""
    address = parse_address(url)
    assert address.url == written
    assert parse_address(address.url) == address


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/plain,x",
        "example.org/feed",
        "//example.org/",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org:80@127.0.0.1:80/",
        "http://127.0.0.1\\@example.org/",
        "http://exa mple.org/",
        "http://example.org/\r\nHost: x",
        "http://example.org\t.evil/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1.1/",
        "http://\uff11\uff12\uff17.\uff11/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[v1.x]/",
        "http://127.0.0.1%2f/",
        "http://exa%6dple.org/",
        "http://-/..",
        "http://a..b/",
        "http://" + "a" * 64 + ".org/",
        "http://example.org/" + "a" * 9000,
        "http://example.org/\udcff",
        "http://xn--\u00fc.example/",
    ],
)
def test_addresses_that_are_refused(url):
    """Other schemes, logins, and what programs read in different ways are not asked."""
    with pytest.raises(Unreadable) as caught:
        address = parse_address(url)
        assert find_refusal(address.host) if address.host[0].isdigit() else url == "http://-/.."
        raise Unreadable("is refused by its network", way_out="")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_refused_or_parsed(text):
    """Whatever the text, it is an address or it is refused."""
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            address = parse_address(url)
        except Unreadable:
            continue
        assert address.url.isascii()
        assert parse_address(address.url) == address


@given(st.text(max_size=40))
def test_any_reference_is_refused_or_joined(text):
    """So is whatever a server redirects to."""
    with contextlib.suppress(Unreadable):
        assert join(parse_address("http://example.org/a/b?c"), text).scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("address", "may_be_allowed"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("10.0.0.1", True),
        ("172.16.0.1", True),
        ("172.31.255.255", True),
        ("192.168.0.1", True),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
        ("::", False),
        ("::1", True),
        ("fc00::1", True),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", True),
        ("ff02::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", True),
        ("::ffff:0:127.0.0.1", True),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::1", True),
        ("2002:7f00:1::", True),
        ("2002:c0a8:101::1", True),
        ("2001:0:4136:e378::", False),
        ("2001:db8::1", False),
        ("2606:4700::5efe:10.0.0.1", True),
        ("2606:4700::200:5efe:127.0.0.1", True),
        ("4000::1", False),
    ],
)
def test_networks_that_are_not_asked(address, may_be_allowed):
    """Local, private, shared and reserved addresses are refused, inside others too."""
    refusal = find_refusal(address)
    assert refusal is not None
    assert refusal.may_be_allowed is may_be_allowed


@pytest.mark.parametrize(
    "address",
    [
        *("93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "11.0.0.1", "223.255.255.1"),
        *("2606:4700::6810:84e5", "2a00:1450::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"),
    ],
)
def test_networks_that_are_asked(address):
    """Public addresses are asked, and so is one that is written inside another."""
    assert find_refusal(address) is None


def test_a_malformed_table_is_named_with_its_line():
    """The table of networks is checked as it is loaded."""
    for line in ("10.0.0.0/8\tlocal", "10.0.0.1/8\tlocal\tx", "10.0.0.0/8\tmaybe\tx"):
        with pytest.raises(DataError, match=r"networks\.tsv:2: "):
            load_networks(f"# first\n{line}\n")


def test_passwords_are_not_shown():
    """What stands before the @ is left out wherever an address is shown."""
    assert without_secrets("http://ana:pw@example.org/@x") == "http://***@example.org/@x"
    assert without_secrets("http://example.org/@x") == "http://example.org/@x"
