"""Identifiers: what is one, which are the same, and what address each has."""

from __future__ import annotations

import time

import pytest

from sphinx_mmu.model.identifiers import address, read, recognised, same


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2403.01234", "arxiv", "2403.01234"),
        (" arXiv: 2403.01234v2 ", "arxiv", "2403.01234v2"),
        ("https://arxiv.org/pdf/2403.01234v1.pdf", "arxiv", "2403.01234v1"),
        (
            "http://export.arxiv.org/abs/2403.01234?context=cs",
            "arxiv",
            "2403.01234",
        ),
        ("10.48550/arXiv.2403.01234", "arxiv", "2403.01234"),
        ("math.GT/0309136", "arxiv", "math.GT/0309136"),
        (
            "doi:10.18653/v1/2024.acl-long.1",
            "doi",
            "10.18653/v1/2024.acl-long.1",
        ),
        ("https://doi.org/10.1002/a%3C1::B%3E3.0", "doi", "10.1002/a<1::B>3.0"),
        ("10.1234/a..b", "doi", "10.1234/a..b"),
        (
            "https://openreview.net/pdf?id=gn0mIhQGNM&noteId=x",
            "openreview",
            "gn0mIhQGNM",
        ),
        (
            "https://aclanthology.org/2024.acl-long.1.pdf",
            "anthology",
            "2024.acl-long.1",
        ),
        ("https://www.aclanthology.org/P19-1001/", "anthology", "P19-1001"),
    ],
)
def test_an_identifier_is_recognised_bare_or_as_an_address(
    text: str, kind: str, value: str
) -> None:
    assert recognised(text) == (kind, value)
    assert read(kind, text) == value
    assert recognised(address(kind, value)) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "x",
        "P19-1001",
        "gn0mIhQGNM",
        "２４０３.01234",
        "2403.01234 2403.01235",
        "2403.01234\n--to=x",
        "10.1234/a/../../../members",
        "10.1234/..",
        "10.1234/./x",
        "10.1234/a/..",
        "https://doi.org/10.1234/%2e%2e/x",
        "10.1234/a b",
        "10.1234/a\x1bb",
        "10.1234/a\x9bb",
        "10.1234/a\u202eb",
        "10.1234/a\u200bb",
        "10.1234/a\ud800",
        "10.1234/a\x00",
        f"10.1234/{'a' * 400}",
        "https://aclanthology.org/../x",
        "https://aclanthology.org/volumes/x/",
        "https://arxiv.org@evil.example/abs/2403.01234",
        "https://evil.example/?https://arxiv.org/abs/2403.01234",
        "https://openreview.net/forum?id=a/../b",
        "file:///etc/passwd",
    ],
)
def test_what_is_none_is_not(text: str) -> None:
    assert recognised(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10.1/" + "/." * 140,
        "10." + "1." * 140,
        "a-" * 140 + "/",
        "a." * 140,
        "x" * 10_000_000,
    ],
)
def test_a_text_that_is_nearly_one_takes_no_time(text: str) -> None:
    start = time.monotonic()
    assert recognised(text) is None
    assert time.monotonic() - start < 1


def test_capitals_versions_and_addresses_make_no_difference() -> None:
    assert same("doi", "10.1145/AB.1", "https://doi.org/10.1145/ab.1")
    assert same("arxiv", "2403.01234v1", "http://arxiv.org/abs/2403.01234v7")
    assert same("doi", "10.48550/ARXIV.2403.01234", "10.48550/arXiv.2403.01234")
    assert not same("doi", "10.1145/ab.1", "10.1145/ab.2")
    assert not same("doi", "", "")
    assert not same("openreview", "aB3", "ab3")


def test_an_address_has_no_sign_that_would_end_its_path() -> None:
    assert (
        address("doi", "10.1234/a?b#c%2e/<d>")
        == "https://doi.org/10.1234/a%3Fb%23c%252e/%3Cd%3E"
    )
