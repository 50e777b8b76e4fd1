"""What services answer, as records; and what a client does when they answer badly, late or not at
all.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any

import answers
import pytest
from server import Reply, Server, serving
from support import some_slow
from urllib3.util import connection

from sphinx_mmu.bib import reader
from sphinx_mmu.cli.add import _FETCH
from sphinx_mmu.library.library import Library
from sphinx_mmu.lookup import (
    anthology,
    arxiv,
    client,
    crossref,
    dblp,
    openalex,
    openreview,
    updates,
)
from sphinx_mmu.lookup.answers import Answer, AnswerCache, ServiceError
from sphinx_mmu.lookup.client import SERVICES, Client
from sphinx_mmu.lookup.network import check_address, is_public
from sphinx_mmu.lookup.new_entry import from_record
from sphinx_mmu.lookup.service_work import ServiceWork, person

ROOT = Path(__file__).parents[1]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def asking(server: Server) -> Client:
    """A client that asks this server for every service, without a pause."""
    bases = {name: f"{server.address}/{name}" for name in SERVICES}
    return Client(bases=bases, pause=0)


def people(record: ServiceWork) -> list[tuple[str, str]]:
    return [(p.given, p.family) for p in record.authors]


# --- success


def test_arxiv(server: Server, asking: Client) -> None:
    server.says("/arxiv/api/query?id_list=2403.01234&", answers.ARXIV)
    record = arxiv.fetch(asking, "2403.01234v1")
    assert record
    assert (
        record.title
        == "PathEraser: Erasing Audio Paths & Styles from CLIP at 50% Cost"
    )
    assert people(record) == [("Nora", "van der Ada"), ("Jürgen", "Beck")]
    assert (record.year, record.origdate, record.eprint) == (
        "2024",
        "2024-03",
        "2403.01234",
    )
    assert (record.code, record.withdrawn) == (
        "https://github.com/ada/patheraser",
        False,
    )


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author",
        "Article is withdrawn: an error",
    ],
)
def test_arxiv_says_that_a_work_is_withdrawn(
    server: Server, asking: Client, comment: str
) -> None:
    server.says("/arxiv", answers.ARXIV.replace("12 pages", comment))
    record = arxiv.fetch(asking, "2403.01234")
    assert record
    assert record.withdrawn


@pytest.mark.parametrize(
    "answer",
    [
        answers.ARXIV_NONE,
        answers.ARXIV_ERROR,
        answers.ARXIV.replace("01234v2", "9999v1"),
    ],
)
def test_arxiv_without_the_work(
    server: Server, asking: Client, answer: str
) -> None:
    server.says("/arxiv", answer)
    assert arxiv.fetch(asking, "2403.01234") is None


def test_crossref(server: Server, asking: Client) -> None:
    server.says("/crossref/works/10.1145/3600000.1", answers.CROSSREF)
    record = crossref.fetch(asking, "10.1145/3600000.1")
    assert record
    assert (record.type, record.title) == (
        "inproceedings",
        "Erasing & Keeping Paths in VLMs",
    )
    assert people(record) == [
        ("Nora", "Ada"),
        ("Timo", "Beck"),
        ("", "The Paths Group"),
    ]
    assert (record.venue, record.short_venue) == (
        "Proceedings of the 12th Conference on Queues",
        "QUEUES",
    )
    assert (record.year, record.origdate, record.pages) == (
        "2024",
        "2024-05",
        "10--19",
    )
    assert record.abstract == "Paths are erased from images."


def test_what_crossref_does_not_know_doi_org_may(
    server: Server, asking: Client
) -> None:
    server.says("/doi/10.5555/j.1", answers.CSL)
    record = crossref.fetch(asking, "10.5555/j.1")
    assert record
    assert (record.type, record.title, record.venue) == (
        "article",
        "Journal Paths",
        "Journal of Queues",
    )
    assert (record.year, record.origdate, record.volume, record.number) == (
        "2023",
        "2023-02",
        "3",
        "2",
    )
    assert crossref.fetch(asking, "10.5555/none") is None


def test_openreview_in_both_versions(server: Server, asking: Client) -> None:
    server.says("/openreview/notes?id=aB3xYz", answers.OPENREVIEW)
    record = openreview.fetch(asking, "aB3xYz")
    assert record
    assert (record.type, record.title) == ("inproceedings", "Forum Paths")
    assert (record.short_venue, record.year) == ("ICLR", "2024")
    assert (
        record.venue
        == "The Twelfth International Conference on Learning Representations"
    )
    assert record.origdate == "2024-01"
    server.says("/openreview/notes?id=aB3xYz", answers.OPENREVIEW_NONE)
    server.says("/openreview/notes", answers.OPENREVIEW_NONE)
    server.says("/openreview1/notes", answers.OPENREVIEW_1)
    record = openreview.fetch(asking, "aB3xYz")
    assert record
    assert (record.type, record.title, record.venue, record.year) == (
        "misc",
        "Old Forum Paths",
        "",
        "2021",
    )
    server.says("/openreview1/notes", answers.OPENREVIEW_NONE)
    assert openreview.fetch(asking, "none") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("2024.findings-acl.7", "ACL Findings"),
        ("2024.acl-long.7", "ACL"),
        ("2023.emnlp-main.1", "EMNLP"),
        ("2024.emnlp-demo.2", "EMNLP Demo"),
        ("P19-1001", ""),
    ],
)
def test_the_acl_anthology(
    server: Server, asking: Client, name: str, short: str
) -> None:
    server.says(
        f"/anthology/{name}.bib",
        answers.ANTHOLOGY.replace("org/2024.findings-acl.7", f"org/{name}"),
    )
    record = anthology.fetch(asking, name)
    assert record
    assert (record.title, record.short_venue, record.pages) == (
        "Paths in LLMs",
        short,
        "70--79",
    )
    assert people(record) == [("Nora", "Ada"), ("Timo", "Müller")]
    assert anthology.fetch(asking, "2024.none-1.1") is None


def test_dblp(server: Server, asking: Client) -> None:
    one = answers.DBLP_INFO | {
        "authors": {"author": {"@pid": "3/3", "text": "Ida Cole"}},
        "venue": "CoRR",
        "type": "Informal and Other Publications",
    }
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada&",
        answers.dblp(answers.DBLP_INFO, one),
    )
    first, second = dblp.search(asking, "Short Paths", "Ada")
    assert (first.title, first.short_venue, first.year, first.type) == (
        "Short Paths",
        "ICLR",
        "2024",
        "inproceedings",
    )
    assert people(first) == [("Nora", "Ada"), ("Timo", "Beck")]
    assert (people(second), second.short_venue, second.type) == (
        [("Ida", "Cole")],
        "",
        "misc",
    )
    server.says("/dblp", answers.dblp())
    assert list(dblp.search(asking, "Nothing", "Ada")) == []


def test_openalex(server: Server, asking: Client) -> None:
    server.says(
        "/openalex/works/doi:10.1145/3600000.9",
        answers.json.dumps(answers.OPENALEX_WORK),
    )
    record = openalex.fetch(asking, "10.1145/3600000.9")
    assert record
    assert (record.type, record.venue, record.doi) == (
        "article",
        "Journal of Queues",
        "10.1145/3600000.9",
    )
    server.says(
        "/openalex/works?filter=title.search%3AShort+Paths&",
        answers.openalex(answers.OPENALEX_WORK),
    )
    assert [r.title for r in openalex.search(asking, "Short Paths")] == [
        "Short Paths"
    ]
    assert openalex.fetch(asking, "10.1/none") is None


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Nora Ada", "Nora", "Ada"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Plato", "", "Plato"),
        ("Jose de la Cruz Jr.", "Jose", "de la Cruz Jr."),
        ("  Nora   M.  Ada ", "Nora M.", "Ada"),
    ],
)
def test_names_are_taken_apart(name: str, given: str, family: str) -> None:
    assert (person(name).given, person(name).family) == (given, family)


# --- trouble

Fetch = Callable[[Client], object]
FETCHES: list[tuple[str, Fetch]] = [
    ("arxiv", lambda c: arxiv.fetch(c, "2403.01234")),
    ("crossref", lambda c: crossref.fetch(c, "10.1/x")),
    ("openreview", lambda c: openreview.fetch(c, "aB3")),
    ("anthology", lambda c: anthology.fetch(c, "2024.acl-long.1")),
    ("dblp", lambda c: list(dblp.search(c, "Paths", "Ada"))),
    ("openalex", lambda c: openalex.fetch(c, "10.1/x")),
    ("openalex", lambda c: list(openalex.search(c, "Paths"))),
    ("crossref", lambda c: list(crossref.search(c, "Paths", "Ada"))),
]


@pytest.mark.drift
def test_each_service_has_an_address_a_use_a_line_in_the_guide_and_answers() -> (
    None
):
    guide = (ROOT / "docs/extension/command-line.md").read_text("utf-8")
    lines = guide.partition("| Service | requested by")[2].partition("\n\n")[0]
    table = re.sub(r"[ -]", "", lines.casefold())
    fetched = {fetch.__module__.rpartition(".")[2] for fetch in _FETCH.values()}
    good = {case.partition(",")[0] for case in (*GOOD, *GOOD_TEXTS)}
    paths = sorted((ROOT / "sphinx_mmu/lookup").glob("*.py"))
    names = [
        path.stem
        for path in paths
        if re.search(r"\bclient\.get\(", path.read_text("utf-8"))
    ]
    assert {"arxiv", "crossref"} <= set(names)
    for name in names:
        assert name in SERVICES, (
            f"SERVICES in lookup/client.py has no address of {name}"
        )
        assert name in fetched | updates.ASKED.keys(), (
            f"lookup/{name}.py is never asked: name it in ASKED of lookup/updates.py, or in _FETCH"
            " of cli/add.py"
        )
        assert name.replace("_", "") in table, (
            f"the table of docs/extension/command-line.md has no line for {name}"
        )
        assert name in dict(FETCHES), (
            f"FETCHES in tests/test_services.py lacks {name}"
        )
        assert name in good, (
            f"GOOD in tests/test_services.py has no whole answer of {name} (GOOD_TEXTS, if it"
            " is not JSON)"
        )


GARBAGE = [
    "",
    "<html>Down for maintenance</html>",
    "{",
    "[]",
    "null",
    '{"message": 1, "notes": {}, "result": []}',
    (
        '{"message": {"items": [1]}, "notes": [{"content": null}], "result": {"hits": 3},'
        ' "results": [null]}'
    ),
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><feed>&a;</feed>',
    "[" * 100_000,
]


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize(("name", "fetch"), FETCHES)
def test_an_answer_that_makes_no_sense_is_an_error_in_a_sentence_or_nothing(
    server: Server,
    asking: Client,
    name: str,
    fetch: Callable[[Client], Any],
    garbage: str,
) -> None:
    server.says("/", garbage)
    found = None
    with suppress(ServiceError):  # any other error fails the test
        found = fetch(asking)
    assert all(not work.title for work in works(found))


ODD = [
    None,
    5,
    -1,
    1e300,
    float("nan"),
    True,
    "",
    "²",
    "9" * 5000,
    [["9" * 5000]],
    [],
    [None],
    [[None]],
    [{}],
    {},
    {"a": 1},
    "a}\n@misc{evil, title={",
    "}{",
    "a\\}b{",
    "\ud800",
    "\x1b[31m\x00",
    "$x_1$ & 5% #",
]
GOOD: dict[str, tuple[str, Fetch]] = {
    "crossref": (
        answers.CROSSREF,
        lambda c: crossref.fetch(c, "10.1145/3600000.1"),
    ),
    "crossref, more members": (
        json.dumps(
            {
                "message": answers.CROSSREF_WORK
                | {"update-to": [], "event": {}, "posted": {}}
            }
        ),
        lambda c: crossref.fetch(c, "10.1145/3600000.1"),
    ),
    "crossref, a search": (
        answers.crossref_list(answers.CROSSREF_WORK),
        lambda c: list(crossref.search(c, "Paths", "Ada")),
    ),
    "openreview": (answers.OPENREVIEW, lambda c: openreview.fetch(c, "aB3xYz")),
    "openreview, the first interface": (
        answers.OPENREVIEW_1,
        lambda c: openreview.fetch(c, "aB3xYz"),
    ),
    "dblp": (
        answers.dblp(answers.DBLP_INFO),
        lambda c: list(dblp.search(c, "Paths", "Ada")),
    ),
    "openalex": (
        answers.openalex(answers.OPENALEX_WORK),
        lambda c: list(openalex.search(c, "Paths")),
    ),
}
"""Whole answers with JSON, and what reads each: the service, and after a comma which of its answers."""
GOOD_TEXTS: dict[str, tuple[str, Fetch]] = {
    "arxiv": (answers.ARXIV, lambda c: arxiv.fetch(c, "2403.01234")),
    "anthology": (
        answers.ANTHOLOGY,
        lambda c: anthology.fetch(c, "2024.findings-acl.7"),
    ),
}
"""Whole answers without JSON."""


def works(found: Any) -> list[ServiceWork]:
    """What a fetch or a search gave, as a list."""
    return found if isinstance(found, list) else [found] if found else []


@pytest.mark.drift
@pytest.mark.parametrize("name", [*GOOD, *GOOD_TEXTS])
def test_a_whole_answer_gives_a_work_with_a_title(
    name: str, asking: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, fetch = (GOOD | GOOD_TEXTS)[name]
    answer = Answer("http://x", 200, text)
    monkeypatch.setattr(asking, "get", lambda *_, **__: answer)
    found = works(fetch(asking))
    assert found, f"lookup/{name.partition(',')[0]}.py finds no work in it"
    assert all(work.title for work in found)


def places(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for name, value in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield (*way, name)
        yield from places(value, (*way, name))


def changed(text: str, way: tuple[Any, ...], value: object) -> str:
    data = json.loads(text)
    reduce(lambda found, name: found[name], way[:-1], data)[way[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize(("text", "fetch"), GOOD.values(), ids=GOOD)
def test_whatever_a_member_of_an_answer_is_the_entry_is_one_and_printable(
    text: str, fetch: Fetch, asking: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, read = Library.load([]), 0
    for way in places(json.loads(text)):
        for value in ODD:
            answer = Answer("http://x", 200, changed(text, way, value))
            monkeypatch.setattr(
                asking, "get", lambda *_, answer=answer, **__: answer
            )
            found: Any = None
            with suppress(ServiceError):
                found = fetch(asking)
            for record in works(found):
                made = from_record(record, library, "2024-01-01").text
                entries, problems = reader.parse(made, "")
                assert (len(entries), problems) == (1, ()), (way, value)
                assert made.replace("\n", "").isprintable(), (way, value)
                read += 1
    assert read


def test_control_characters_of_the_anthology_are_no_part_of_an_entry(
    server: Server, asking: Client
) -> None:
    text = answers.ANTHOLOGY.replace(
        "Paths in", "Pa\x1b[31mths\x00 in"
    ).replace("Ada,", "A\x08da,")
    server.says("/", text)
    record = anthology.fetch(asking, "2024.findings-acl.7")
    assert record
    assert (
        from_record(record, Library.load([]), "2024-01-01")
        .text.replace("\n", "")
        .isprintable()
    )


@pytest.mark.parametrize(("name", "fetch"), FETCHES)
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "403: access is denied"),
        (400, "400"),
        (500, "500: the service is temporarily"),
    ],
)
def test_a_refusal_names_service_and_status(
    server: Server,
    asking: Client,
    name: str,
    fetch: Callable[[Client], Any],
    status: int,
    words: str,
) -> None:
    server.says("/", Reply("no", status))
    with pytest.raises(ServiceError, match=words):
        fetch(asking)


def test_a_busy_service_is_asked_again_after_as_long_as_it_says(
    server: Server, asking: Client
) -> None:
    server.says(
        "/crossref",
        Reply("", 429, {"Retry-After": "1"}),
        Reply("", 503),
        Reply(answers.CROSSREF),
    )
    record = crossref.fetch(asking, "10.1145/3600000.1")
    assert record
    assert len(server.asked) == 3
    assert server.times[1] - server.times[0] >= 1


def test_a_service_that_asks_to_wait_longer_than_the_deadline_is_given_up_at_once(
    server: Server,
) -> None:
    asking = Client(bases={"arxiv": server.address}, pause=0, deadline=60)
    server.says("/", Reply("", 429, {"Retry-After": "86400"}), Reply("late"))
    start = time.monotonic()
    with pytest.raises(
        ServiceError, match="429: too many requests; try again later"
    ):
        asking.get("arxiv", "/x")
    assert (len(server.asked), time.monotonic() - start < 30) == (1, True)


@pytest.mark.parametrize(
    "wait",
    ["soon", "9" * 5000, "Mon, 01 Jan 99999999999 00:00:00 GMT", "-1", ""],
)
def test_a_time_to_wait_that_makes_no_sense_is_not_waited_for(
    server: Server, asking: Client, wait: str
) -> None:
    server.says("/", Reply("", 503, {"Retry-After": wait}), Reply("fine"))
    assert asking.get("arxiv", "/x").text == "fine"


def test_a_service_that_stays_busy_is_given_up(
    server: Server, asking: Client
) -> None:
    server.says("/", Reply("", 429))
    with pytest.raises(
        ServiceError, match="429: too many requests; try again later"
    ):
        asking.get("arxiv", "/api/query")
    assert len(server.asked) == 5


def test_a_service_that_does_not_answer_in_time_is_named(
    server: Server,
) -> None:
    asking = Client(bases={"arxiv": server.address}, pause=0, timeout=(30, 0.1))
    server.says("/", Reply("late", delay=60))
    with pytest.raises(
        ServiceError,
        match=r"127\.0\.0\.1:\d+ did not answer in time|cannot be reached",
    ):
        asking.get("arxiv", "/api/query")


def test_a_service_that_is_not_there_is_named() -> None:
    gone = Client(bases={"arxiv": "http://127.0.0.1:9"}, pause=0)
    with pytest.raises(ServiceError, match="cannot be reached"):
        gone.get("arxiv", "/api/query")


def test_a_huge_answer_is_refused_before_it_is_whole(
    server: Server, asking: Client
) -> None:
    server.says("/", Reply(b"x" * 5_000_000))
    with pytest.raises(ServiceError, match="more than 4 MB"):
        asking.get("arxiv", "/api/query")


OK = "HTTP/1.1 200 OK\r\n"
SPUN_OUT = 25
"""Seconds that each of these takes at least to come to an end by itself, but for redirections."""
ENDLESS = {
    "body": Reply("x" * 1000, drip=0.05),
    "body until the end of the connection": Reply(
        f"{OK}\r\n{'x' * 1000}", drip=0.05, raw=True
    ),
    "status line": Reply(f"HTTP/1.1 200 {'x' * 1000}", drip=0.05, raw=True),
    "headers": Reply(f"{OK}X: {'x' * 1000}", drip=0.05, raw=True),
    "many headers": Reply(OK + "X: x\r\n" * 1000, drip=0.05, raw=True),
    "provisional answers": Reply(
        "HTTP/1.1 100 Continue\r\n\r\n" * 1000, drip=0.01, raw=True
    ),
    "length of a chunk": Reply(
        f"{OK}Transfer-Encoding: chunked\r\n\r\n{'0' * 1000}",
        drip=0.05,
        raw=True,
    ),
    "redirections": Reply("", 302, {"Location": "/x"}, delay=0.2),
    "waits": Reply("", 503, {"Retry-After": "60"}),
    "nothing": Reply("", delay=60),
}


@pytest.mark.parametrize("name", some_slow(ENDLESS, ["body", "redirections"]))
def test_an_answer_has_one_deadline_however_it_is_spun_out(
    server: Server, name: str
) -> None:
    asking = Client(bases={"arxiv": server.address}, pause=0, deadline=0.5)
    server.says("/", ENDLESS[name])
    start = time.monotonic()
    with pytest.raises(
        ServiceError, match=r"in time|cannot be reached|503|429"
    ):
        asking.get("arxiv", "/x")
    assert asking.follow(f"{server.address}/x")[0] in {0, 200, 503}
    assert time.monotonic() - start < SPUN_OUT


def test_what_comes_compressed_is_bounded_by_what_it_becomes(
    server: Server, asking: Client
) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.says(
        "/bomb", Reply(gzip.compress(b"x" * 50_000_000), headers=packed)
    )
    server.says("/fine", Reply(gzip.compress(b"fine"), headers=packed))
    asking = Client(bases={"arxiv": server.address}, pause=0)
    assert asking.get("arxiv", "/fine").text == "fine"
    with pytest.raises(ServiceError, match="more than 4 MB"):
        asking.get("arxiv", "/bomb")


@pytest.mark.parametrize(
    "target",
    [
        "/loop",
        "http://[::1",
        "javascript:alert(1)",
        "http://.example..org/",
        "//",
        "file:///etc/passwd",
        "https://.example..org/",
        "http://[::1]:x/",
    ],
)
def test_a_redirection_to_nowhere_is_an_error_in_a_sentence(
    server: Server, asking: Client, target: str
) -> None:
    server.says("/", Reply("", 302, {"Location": target}))
    with pytest.raises(
        ServiceError,
        match=r"cannot be reached|was not requested: it is not https",
    ):
        asking.get("arxiv", "/api/query")
    assert asking.follow(f"{server.address}/loop")[:2] == (
        0,
        f"{server.address}/loop",
    )


def test_what_comes_with_a_redirection_is_left_unread(
    server: Server, asking: Client
) -> None:
    server.says("/new", "there")
    long = Reply(b"x" * 10_000, 302, {"Location": "/new"}, drip=0.01)
    server.says("/old", long)
    server.says("/arxiv", long)
    start = time.monotonic()
    assert asking.get("arxiv", "/x").text == "there"
    assert asking.follow(f"{server.address}/old")[0] == 200
    assert time.monotonic() - start < 10


# --- where no question goes

PRIVATE = [
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "[fe80::1]",
    "[fd00::1]",
    "[fec0::1]",
    "224.0.0.1",
    "[ff02::1]",
    "255.255.255.255",
    "240.0.0.1",
    "localhost",
    "a.localhost",
    "localhost.",
    "LOCALHOST",
    "192.0.2.1",
    "198.18.0.1",
    "[2001:db8::1]",
]


@pytest.mark.parametrize("name", PRIVATE)
def test_an_answer_leads_to_no_private_address(
    server: Server, asking: Client, name: str
) -> None:
    server.says("/", Reply("", 302, {"Location": f"https://{name}/"}))
    with pytest.raises(
        ServiceError,
        match="was not requested: it is not on the public internet",
    ):
        asking.get("arxiv", "/x")
    assert (
        "not on the public internet"
        in asking.follow(f"{server.address}/old").refused
    )
    assert (
        "not on the public internet" in asking.follow(f"http://{name}/").refused
    )


@pytest.mark.parametrize(
    "name",
    [
        "93.184.215.14",
        "[2606:4700::1111]",
        "[64:ff9b::5db8:d70e]",
        "[::ffff:8.8.8.8]",
    ],
)
def test_public_addresses_are_public(name: str) -> None:
    check_address(f"https://{name}/", first=False)
    assert is_public(name.strip("[]"))


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "fe80::1%1"]
)
def test_a_name_that_leads_to_a_private_address_is_not_asked(
    server: Server, asking: Client, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    named(monkeypatch, [["93.184.215.14", place]])
    server.says("/", Reply("", 302, {"Location": "https://inside.example/"}))
    with pytest.raises(ServiceError, match="is not on the public internet"):
        asking.get("arxiv", "/x")
    assert (
        "not on the public internet"
        in asking.follow("http://inside.example/").refused
    )
    assert (
        "not on the public internet"
        in asking.follow("https://inside.example/").refused
    )


def test_a_name_that_leads_elsewhere_when_asked_again_is_connected_where_it_was_checked(
    asking: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, [["93.184.215.14", "2606:4700::1111"], ["127.0.0.1"]])
    tried: list[Any] = []

    def connect(address: Any, *_: object, **__: object) -> None:
        tried.append(address[0])
        raise OSError

    monkeypatch.setattr(connection, "create_connection", connect)
    assert asking.follow("https://rebind.example/")[0] == 0
    assert tried == ["93.184.215.14", "2606:4700::1111"]


def named(monkeypatch: pytest.MonkeyPatch, answers: list[list[str]]) -> None:
    """Let names lead to these addresses, those of the first answer when first asked."""
    real, left = socket.getaddrinfo, list(answers)

    def getaddrinfo(
        host: str, port: int | None, *arguments: Any, **options: Any
    ) -> Any:
        if not host.endswith(".example") or options.get("flags"):
            return real(host, port, *arguments, **options)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            (
                socket.AF_INET6 if ":" in a else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (a, port),
            )
            for a in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://example.org/", "it is not https"),
        ("ftp://example.org/", "it is not https"),
        ("https://user:word@example.org/", "it has a user name"),
        ("https://@example.org/", "it has a user name"),
        ("https://example.org:8443/", "it has the port 8443"),
        ("https://example.org:80/", "it has the port 80"),
    ],
)
def test_an_answer_leads_to_https_without_a_name_or_another_port(
    server: Server, asking: Client, target: str, why: str
) -> None:
    server.says("/", Reply("", 302, {"Location": target}))
    with pytest.raises(
        ServiceError,
        match=f"127.0.0.1:.* leads to {target}, which was not requested: {why}",
    ):
        asking.get("arxiv", "/x")


def test_what_another_server_of_this_machine_says_is_no_record(
    server: Server, asking: Client
) -> None:
    with serving() as other:
        other.says("/", answers.CROSSREF)
        server.says(
            "/",
            Reply(
                "",
                302,
                {"Location": f"{other.address}/works/10.1145/3600000.1"},
            ),
        )
        with pytest.raises(ServiceError, match="was not requested"):
            crossref.fetch(asking, "10.1145/3600000.1")
        assert other.asked == []


def test_the_users_own_words_alone_name_a_server_of_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says("/", "here")
    assert Client(pause=0).follow(f"{server.address}/")[0] == 0
    assert server.asked == []
    monkeypatch.setenv("MMU_URL_ARXIV", server.address)
    assert Client(pause=0).get("arxiv", "/x").text == "here"
    monkeypatch.setenv("MMU_URL_ARXIV", "http://[::1")
    with pytest.raises(ServiceError, match="cannot be reached"):
        Client(pause=0).get("arxiv", "/x")


def test_no_password_of_the_user_is_sent(
    server: Server,
    asking: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "netrc").write_text(
        "machine 127.0.0.1 login ada password secret\n", "utf-8"
    )
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    asking.get("arxiv", "/x")
    assert server.passwords == [None]


# --- the work that was asked for


@pytest.mark.parametrize(
    ("path", "text", "fetch", "asked"),
    [
        ("/crossref", answers.CROSSREF, crossref.fetch, "10.1145/3600000.2"),
        (
            "/crossref",
            json.dumps({"message": answers.CROSSREF_WORK | {"DOI": ""}}),
            crossref.fetch,
            "10.1145/3600000.1",
        ),
        ("/doi", answers.CSL, crossref.fetch, "10.5555/j.2"),
        (
            "/openalex",
            json.dumps(answers.OPENALEX_WORK | {"is_retracted": True}),
            openalex.fetch,
            "10.1145/3600000.8",
        ),
        ("/openreview/", answers.OPENREVIEW, openreview.fetch, "another"),
        (
            "/anthology",
            answers.ANTHOLOGY,
            anthology.fetch,
            "2024.findings-acl.8",
        ),
    ],
)
def test_an_answer_about_another_work_is_refused(
    server: Server,
    asking: Client,
    path: str,
    text: str,
    fetch: Callable[[Client, str], Any],
    asked: str,
) -> None:
    server.says(path, text)
    with pytest.raises(
        ServiceError, match=f"was asked for {asked} and answered with "
    ):
        fetch(asking, asked)


@pytest.mark.parametrize(
    "asked", ["10.1145/3600000.1", "10.1145/3600000.1".upper()]
)
def test_an_identifier_in_other_letters_is_the_same(
    server: Server, asking: Client, asked: str
) -> None:
    server.says(
        "/crossref",
        answers.CROSSREF.replace(
            "10.1145/3600000.1", "HTTPS://doi.org/10.1145/3600000.1"
        ),
    )
    assert crossref.fetch(asking, asked)


@pytest.mark.parametrize(
    "path", ["/works/10.1234/a/../../../members", "/./x", "/.."]
)
def test_a_path_that_leads_elsewhere_is_not_asked_for(
    server: Server, asking: Client, path: str
) -> None:
    with pytest.raises(ServiceError, match="not a valid path"):
        asking.get("crossref", path)
    assert server.asked == []


def test_what_looks_like_an_escaped_path_stays_one_name(
    server: Server, asking: Client
) -> None:
    asking.get("crossref", "/works/10.1234/a/%2e%2e/?#x")
    assert server.asked == ["/crossref/works/10.1234/a/%252e%252e/%3F%23x"]


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("Müller".encode(), "iso-8859-1"),
        ("Müller".encode(), "no-such-thing"),
        ("Müller".encode("latin-1"), "utf-8"),
        (b"\xef\xbb\xbf" + "Müller".encode(), "ascii"),
        ("Müller".encode("utf-16"), "utf-16"),
    ],
)
def test_a_wrong_charset_costs_nothing(
    server: Server, asking: Client, body: bytes, charset: str
) -> None:
    server.says(
        "/",
        Reply(body, headers={"Content-Type": f"text/plain; charset={charset}"}),
    )
    assert asking.get("arxiv", "/x").text == "Müller"


def test_an_xml_head_with_a_wrong_charset_costs_nothing(
    server: Server, asking: Client
) -> None:
    server.says(
        "/", answers.ARXIV.replace('encoding="UTF-8"', 'encoding="us-ascii"')
    )
    record = arxiv.fetch(asking, "2403.01234")
    assert record
    assert people(record)[1] == ("Jürgen", "Beck")


# --- manners


def test_the_program_says_who_it_is(server: Server, asking: Client) -> None:
    asking.get("arxiv", "/x")
    Client(bases=asking.bases, pause=0, email="ada@example.org").get(
        "arxiv", "/y"
    )
    assert sorted(agent.partition("/")[0] for agent in server.agents) == [
        "sphinx-mmu",
        "sphinx-mmu",
    ]
    assert any("(mailto:ada@example.org)" in agent for agent in server.agents)


def test_two_questions_to_one_service_have_a_pause_between_them(
    server: Server, asking: Client
) -> None:
    slow = Client(bases=asking.bases, pause=0.3)
    start = time.monotonic()
    for path in ("/a", "/b"):
        slow.get("arxiv", path)
    assert (
        time.monotonic() - start >= 0.3
    )  # by the client's clock: the way to the server takes what it takes
    assert len(server.asked) == 2


def test_an_answer_is_kept_for_days_and_then_asked_for_again(
    server: Server, asking: Client, tmp_path: Path
) -> None:
    keeping = Client(AnswerCache(tmp_path), bases=asking.bases, pause=0)
    server.says("/arxiv/a", "one", "two")
    assert [keeping.get("arxiv", "/a").text for _ in range(2)] == ["one", "one"]
    assert len(server.asked) == 1
    (kept,) = tmp_path.glob("*/*.json")
    kept.write_text("{", "utf-8")
    assert keeping.get("arxiv", "/a").text == "two"
    assert (
        Client(AnswerCache(tmp_path, 0), bases=asking.bases, pause=0)
        .get("arxiv", "/a")
        .text
        == "two"
    )
    assert len(server.asked) == 3


def test_where_nothing_can_be_kept_a_service_is_asked_each_time(
    server: Server, asking: Client, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    careless = Client(
        AnswerCache(tmp_path / "file"), bases=asking.bases, pause=0
    )
    server.says("/arxiv/a", "one", "two")
    assert [careless.get("arxiv", "/a").text for _ in range(2)] == [
        "one",
        "two",
    ]


def test_an_error_is_not_kept(
    server: Server, asking: Client, tmp_path: Path
) -> None:
    keeping = Client(AnswerCache(tmp_path), bases=asking.bases, pause=0)
    server.says("/", Reply("", 403), Reply("fine"))
    with pytest.raises(ServiceError):
        keeping.get("arxiv", "/a")
    assert keeping.get("arxiv", "/a").text == "fine"


def test_where_an_address_leads(server: Server, asking: Client) -> None:
    here = server.address
    server.says("/new", "there")
    server.says("/old", Reply("", 301, {"Location": "/new"}))
    server.says("/for-now", Reply("", 302, {"Location": "/new"}))
    assert asking.follow(f"{here}/new")[:2] == (200, f"{here}/new")
    assert asking.follow(f"{here}/old")[:2] == (200, f"{here}/new")
    assert asking.follow(f"{here}/for-now")[:2] == (200, f"{here}/for-now")
    assert asking.follow(f"{here}/gone")[0] == 404
    assert asking.follow("http://127.0.0.1:9/")[0] == 0


def test_the_first_question_to_a_service_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert client.PAUSES["arxiv"] == 3
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    asking = Client(pause=None)
    for service in ("arxiv", "crossref"):
        asking._wait(service)
    assert slept == []
    asking._wait("arxiv")
    assert slept == [pytest.approx(3, abs=1)]


@pytest.mark.parametrize("kind", [{}, [], None, 1])
def test_an_update_of_a_kind_that_is_no_text_is_no_retraction(
    server: Server, asking: Client, kind: object
) -> None:
    work = answers.CROSSREF_WORK | {"update-to": [{"type": kind}]}
    server.says(
        "/crossref/works/10.1145/3600000.1", json.dumps({"message": work})
    )
    record = crossref.fetch(asking, "10.1145/3600000.1")
    assert record
    assert not record.withdrawn
