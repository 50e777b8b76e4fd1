"""What shows only when all entries are looked at together, and what is fixed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_mmu.library.audit import audit
from sphinx_mmu.library.fixes import fixed
from sphinx_mmu.library.library import Library
from sphinx_mmu.vocabulary.reader import read_vocabulary

FILLER = (
    "@misc{filler,\n  title = {Nothing in Common},\n  author = {Other, Ann},\n  year ="
    " {2001}\n}\n\n"
)


def entry(key: str, kind: str = "misc", **fields: str) -> str:
    fields = {"author": "Ada, Nora and Beck, Timo", "year": "2023"} | fields
    return (
        f"@{kind}{{{key},\n"
        + "".join(f"  {n} = {{{v}}},\n" for n, v in fields.items() if v)
        + "}\n\n"
    )


def found(
    folder: Path, text: str, words: str = ""
) -> list[tuple[str, int, str]]:
    """Code, line and message of each problem that the audit finds; filler stands first, so lines
    begin at 7.
    """
    (folder / "x.bib").write_text(FILLER + text, "utf-8")
    (folder / "v.toml").write_text(words, "utf-8")
    library = Library.load(
        ["x.bib"], vocabulary=["v.toml"] if words else [], root=folder
    )
    return [(p.code.slug, p.line, p.message) for p in audit(library)]


# --- twice


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ({"eprint": "2301.00001"}, {"eprint": "2301.00001v3"}, 3),
        (
            {"eprint": "arXiv:2301.00001v1"},
            {"doi": "10.48550/arXiv.2301.00001"},
            3,
        ),
        ({"doi": "10.1145/ABC.1"}, {"doi": "https://doi.org/10.1145/abc.1"}, 3),
        (
            {"openreview": "aB3x"},
            {"openreview": "https://openreview.net/forum?id=aB3x"},
            3,
        ),
        (
            {"url": "https://aclanthology.org/2024.acl-1.1/"},
            {"anthology": "2024.acl-1.1"},
            3,
        ),
        (
            {"url": "https://openreview.net/pdf?id=aB3x"},
            {"openreview": "aB3x"},
            3,
        ),
        (
            {"url": "https://www.arxiv.org/pdf/2301.00001v2"},
            {"eprint": "2301.00001"},
            3,
        ),
        (
            {"url": "https://aclanthology.org/2024.acl-1.1.pdf"},
            {"anthology": "2024.acl-1.1"},
            3,
        ),
    ],
)
def test_one_identifier_in_two_entries_is_an_error_at_its_field(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], field: int
) -> None:
    text = entry("one", title="Alpha", **first) + entry(
        "two", title="Beta", **second
    )
    ((code, line, message),) = found(tmp_path, text)
    second_at = 6 + len(entry("one", title="Alpha", **first).splitlines()) + 1
    assert (code, line) == ("same-identifier", second_at + field + 1)
    assert "'one' in x.bib:7" in message


@pytest.mark.parametrize("other", ["2301.00002", "2301.00001"])
def test_other_identifiers_are_other_works(tmp_path: Path, other: str) -> None:
    text = entry("one", title="Alpha", eprint="2301.00001") + entry(
        "two", title="Beta", eprint=other
    )
    assert bool(found(tmp_path, text)) is (other == "2301.00001")


TITLE = "Erasing Concepts from Diffusion Models"


@pytest.mark.parametrize(
    ("title", "author", "same"),
    [
        ("Erasing concepts from {D}iffusion models.", "Ada, Nora", True),
        (
            "Erasing Concept from Diffusion Models",
            "Nora Ada and Timo Beck",
            True,
        ),
        ("Erasing Concepts from Diffusion Models", "Cole, Ida", False),
        (
            "Erasing Concepts from Language Models",
            "Ada, Nora and Beck, Timo",
            False,
        ),
        (
            "Erasing Concepts from Diffusion Models II",
            "Ada, Nora and Beck, Timo",
            False,
        ),
    ],
)
def test_near_titles_of_the_same_people_are_one_work(
    tmp_path: Path, title: str, author: str, *, same: bool
) -> None:
    text = entry("one", title=TITLE) + entry("two", title=title, author=author)
    assert [(code, line) for code, line, _ in found(tmp_path, text)] == (
        [("same-work", 16)] if same else []
    )


def test_works_that_name_each_other_are_known_to_differ(tmp_path: Path) -> None:
    assert (
        found(
            tmp_path,
            entry("one", title=TITLE)
            + entry("two", title=TITLE, related="one"),
        )
        == []
    )
    words = '[facet.x]\nlabel = "X"\n[relation.extends]\nlabel = "Extends"\ninverse = "Extended by"\n'
    assert (
        found(
            tmp_path,
            entry("one", title=TITLE, extends="two")
            + entry("two", title=TITLE),
            words,
        )
        == []
    )


def test_a_preprint_beside_its_published_version_is_told_at_the_preprint(
    tmp_path: Path,
) -> None:
    text = entry("pre", title=TITLE, eprint="2301.00001") + entry(
        "pub", "inproceedings", title=TITLE, booktitle="ICLR"
    )
    assert found(tmp_path, text) == [
        ("preprint-and-published", 10, "is the preprint of 'pub' in x.bib:14")
    ]


def test_a_venue_without_its_year(tmp_path: Path) -> None:
    text = entry(
        "one",
        "inproceedings",
        title="A",
        booktitle="ICLR",
        year="",
        origdate="2023-05",
    )
    assert found(tmp_path, text) == [
        ("venue-without-year", 10, "ICLR has no year")
    ]
    assert (
        found(
            tmp_path,
            entry(
                "pre", title="A", journal="CoRR", year="", origdate="2023-05"
            ),
        )
        == []
    )


# --- rules

RULE = """\
[facet.kind]
label = "Kind"
[term."kind:method"]
label = "Method"
[facet.stage]
label = "Stage"
[term."stage:late"]
label = "Late"

[rule.stage]
when = "{when}"
needs = "{needs}"
"""


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (
            "Ada Lane, Bob Rust",
            "author: 'Ada Lane, Bob Rust' is read as one name",
        ),
        (
            "Ada Lane, Bob Rust and Carl Senn",
            "author: 'Ada Lane, Bob Rust' is read as one name",
        ),
        ("{García Márquez}, Gabriel José", ""),
        ("Lane, Ada and García Márquez, Gabriel José", ""),
    ],
)
def test_a_comma_that_may_be_meant_as_and(
    tmp_path: Path, author: str, told: str
) -> None:
    problems = found(tmp_path, entry("one", title="T", author=author))
    assert [(code, message) for code, _, message in problems] == (
        [("bad-name", told)] if told else []
    )


@pytest.mark.parametrize(
    ("title", "short", "told"),
    [
        (
            "Fine Forgetting:Attribute Work",
            "",
            "the title has no space in 'Forgetting:Attribute'",
        ),
        ("Say:What and Say,What", "", "the title has no space in 'Say:What'"),
        (
            "Ring-A-Bell! How",
            "Ring-A-Bell",
            "the capitals of 'Ring-A-Bell' in the title are",
        ),
        (
            "On the MUBench for All",
            "MUBench",
            "the capitals of 'MUBench' in the title are",
        ),
        (
            "On {The} MUBench",
            "MUBench",
            "the capitals of 'MUBench' in the title are",
        ),
        ("{Ring-A-Bell}! How", "Ring-A-Bell", ""),
        ("{On {MU}Bench}", "MUBench", ""),
        ("On MU: {MUBench}", "MUBench", ""),
        ("OnMUBench", "MUBench", ""),
        ("Selective Amnesia in Nets", "Selective Amnesia", ""),
        ("Salun: Saliency", "Salun", ""),
        ("At 10:30, C:A and 1:N", "", ""),
    ],
)
def test_a_title_that_styles_would_spoil(
    tmp_path: Path, title: str, short: str, told: str
) -> None:
    problems = found(tmp_path, entry("one", title=title, shorttitle=short))
    assert [(code, line) for code, line, _ in problems] == (
        [("bad-title", 10)] if told else []
    )
    assert all(message.startswith(told) for _, _, message in problems)


def test_a_rule_of_the_vocabulary_is_told_at_the_tags(tmp_path: Path) -> None:
    words = RULE.format(when="kind:method", needs="stage:* OR has:excuse")
    text = entry("one", title="A", keywords="kind:method") + entry(
        "two", title="B", keywords="kind:method, stage:late"
    )
    (problem,) = found(tmp_path, text, words)
    assert problem == (
        "tag-rule",
        11,
        "an entry that matches 'kind:method' must also match 'stage:* OR has:excuse'",
    )
    assert (
        found(
            tmp_path,
            entry("one", title="A", keywords="kind:method", excuse="none"),
            words,
        )
        == []
    )


@pytest.mark.parametrize("needs", ["stage:(", "satge:*", "stage:early"])
def test_a_rule_that_makes_no_sense_is_told_at_its_line(
    tmp_path: Path, needs: str
) -> None:
    ((code, line, message),) = found(
        tmp_path,
        entry("one", title="A"),
        RULE.format(when="kind:method", needs=needs),
    )
    assert (code, line) == ("vocabulary", 10)
    assert message


def test_a_rule_without_filters_says_nothing_and_that_is_told(
    tmp_path: Path,
) -> None:
    words = RULE.replace("needs =", "message =").format(
        when="kind:method", needs="all is well"
    )
    ((code, line, message),) = found(
        tmp_path, entry("one", title="A", keywords="kind:method"), words
    )
    assert (code, line) == ("vocabulary", 10)
    assert "'needs'" in message


def test_a_rule_may_ask_for_results_though_entries_have_unpublished_fields(
    tmp_path: Path,
) -> None:
    words = RULE.format(when="results:bench", needs="stage:*")
    (tmp_path / "v.toml").write_text(
        f"{words}[metric.m]\n[benchmark.bench]\n", "utf-8"
    )
    text = entry("one", title="A", excuse="none", keywords="kind:method")
    (tmp_path / "x.bib").write_text(
        text + entry("two", title="B", keywords="kind:method"), "utf-8"
    )
    lines = "work,benchmark,metric,value\none,bench,m,1\n"
    (tmp_path / "results.csv").write_text(lines, "utf-8")
    library = Library.load(
        ["x.bib"], vocabulary=["v.toml"], results=["results.csv"], root=tmp_path
    )
    assert library.problems == ()
    assert [(p.code.slug, p.key) for p in audit(library)] == [
        ("tag-rule", "one")
    ]


# --- names


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Müller, Timo", "Muller, Timo", True),
        ("Wang, Alex-Jinpeng", "Wang, Alex Jinpeng", True),
        ("Fan, Chongyu", "Fan, C.", True),
        ("Gandikota, Rohit", "Gandikotta, Rohit", True),
        ("Li, Xin", "Li, Xiu", False),
        ("Fan, Chongyu", "Fan, D.", False),
        ("Fan, Chongyu", "Fan, Chongming", False),
    ],
)
def test_two_spellings_of_someone_who_wrote_with_the_same_person(
    tmp_path: Path, one: str, other: str, *, told: bool
) -> None:
    text = entry("a", title="Alpha", author=f"Ada, Nora and {one}")
    text += entry("b", title="Beta", author=f"Ada, Nora and {other}") + entry(
        "c", title="Gamma", author=one
    )
    problems = found(tmp_path, text)
    assert [(code, line) for code, line, _ in problems] == (
        [("author-spelling", 14)] if told else []
    )


def test_namesakes_and_people_of_one_work_are_two(tmp_path: Path) -> None:
    namesakes = entry("a", title="Alpha", author="Li, Fei-Fei") + entry(
        "b", title="B", author="Li, Feifei"
    )
    assert found(tmp_path, namesakes) == []
    both = "Ada, Nora and Gandikota, Rohit and Gandikotta, Rohit"
    assert found(tmp_path, entry("a", title="Alpha", author=both)) == []


# --- mending

WORDS = '[facet.stage]\nlabel = "Stage"\n[term."stage:training-time"]\nlabel = "T"\naliases = ["tt"]\n'


def mend(tmp_path: Path, text: str) -> tuple[str, list[tuple[int, str]]]:
    (tmp_path / "v.toml").write_text(WORDS, "utf-8")
    vocabulary, _ = read_vocabulary([(tmp_path / "v.toml", "v.toml")])
    new, mends = fixed(text, vocabulary)
    again, more = fixed(new, vocabulary)
    assert (again, more) == (new, ())
    return new, [(m.line, m.key) for m in mends]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("origdate = {2023-5}", "origdate = {2023-05}"),
        ("date = {2023/05/7}", "date = {2023-05-07}"),
        (
            "author = {Ada, Nora and and Beck, Timo and}",
            "author = {Ada, Nora and Beck, Timo}",
        ),
        (
            "keywords = {own word, stage:Training_Time}",
            "keywords = {own word, stage:training-time}",
        ),
        ("title = {T}, title = {T}", "title = {T}"),
    ],
)
def test_what_has_one_right_answer_is_mended_and_all_else_stays(
    tmp_path: Path, wrong: str, right: str
) -> None:
    text = "% free\n@Misc{odd,title={T}}\n@misc{ada,\n  WRONG\n}\n% end\n"
    new, mends = mend(tmp_path, text.replace("WRONG", wrong))
    assert mends == [(3, "ada")]
    name, _, value = right.partition(" = ")
    assert new == text.replace("WRONG", f"{name:<14} = {value}")


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, date = {2023-13}}",
        "@misc{a, date = {2023/2024}}",
        "@misc{a, keywords = {stage:trianing-time}}",
        "@misc{a, title = {A}, title = {B}}",
        "@misc{a, title={A}}\n@misc{a, title={B}}",
        "@misc{a, keywords = {stage:tt}}",
        "@misc{a, author = {Anderson, Sand}}",
        "@misc{a, title = {A} B, date = {2023-5}}",
    ],
)
def test_what_a_person_has_to_decide_stays(tmp_path: Path, text: str) -> None:
    assert mend(tmp_path, text) == (text, [])


def test_of_two_entries_that_say_the_same_one_is_taken_out(
    tmp_path: Path,
) -> None:
    new, mends = mend(
        tmp_path,
        '@misc{a,\n title={A}\n}\n\n@Misc(a, title="A")\n\n% end\n@misc{b, title={B}}\n',
    )
    assert new == "@misc{a,\n title={A}\n}\n\n% end\n@misc{b, title={B}}\n"
    assert mends == [(5, "a")]


def test_line_ends_and_a_mark_stay(tmp_path: Path) -> None:
    new, _ = mend(
        tmp_path, "\ufeff@misc{a,\r\n  date           = {2023-5}\r\n}\r\n"
    )
    assert new == "\ufeff@misc{a,\r\n  date           = {2023-05}\r\n}\r\n"


# --- ten thousand entries

LARGE = """
import resource, sys
from pathlib import Path
from click.testing import CliRunner
from sphinx_mmu.cli import main
done = CliRunner().invoke(main, ["check", "large.bib", "--format", "json"])
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
import json
codes = [p["code"] for p in json.loads(done.stdout)]
print(megabytes, codes.count("same-work"), codes.count("same-identifier"))
"""


def large(number: int) -> str:
    """Works with titles of a few common words, people who write together, and one in a hundred
    listed twice.
    """
    words = (
        "unlearning erasing concepts diffusion models privacy alignment gradient robust selective"
        " local".split()
    )
    entries = []
    for i in range(number):
        team = " and ".join(
            f"Family{(i * 7 + n) % 3000}, Given{(i + n) % 50}" for n in range(5)
        )
        title = (
            " ".join(words[(i // 11**n) % 11] for n in range(3)).capitalize()
            + f" with Word{i % 2000} and Thing{i}"
        )
        entries.append(
            entry(
                f"k{i}",
                title=title,
                author=team,
                eprint=f"{2301 + i // 10000:04}.{i % 10000:05}",
            )
        )
        if i % 100 == 0:
            entries.append(
                entry(f"t{i}", title=title.replace("and", "And"), author=team)
            )
    return "".join(entries)


@pytest.mark.slow
def test_among_ten_thousand_entries_each_twin_is_found_within_500_megabytes(
    tmp_path: Path,
) -> None:
    (tmp_path / "large.bib").write_text(large(9900), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LARGE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    megabytes, same, _ = map(float, done.stdout.split())
    assert same == 99
    assert megabytes < 500


def test_an_entry_that_is_the_same_once_it_is_mended_is_taken_out_at_once(
    tmp_path: Path,
) -> None:
    text = "@misc{ada,\n  title = {T},\n  keywords = {tt}\n}\n".replace(
        "{tt}", "{stage:%s}"
    )
    new, mends = mend(
        tmp_path, f"{text % 'training-time'}\n{text % 'Training_Time'}"
    )
    assert mends == [(6, "ada")]
    assert new == text % "training-time" + "\n"


def test_what_stands_in_the_line_of_an_entry_that_is_taken_out_stays_where_it_is(
    tmp_path: Path,
) -> None:
    text = "@misc{c, title = {x}}\n\n@misc{odd% @misc{c, title = {x}}\nkey,\n  title = {y}\n}\n"
    new, mends = mend(tmp_path, text)
    assert mends == [(3, "c")]
    assert new == text.replace("% @misc{c, title = {x}}", "% ")


@pytest.mark.parametrize(
    ("name", "one", "two", "mended_one"),
    [
        ("keywords", "stage:Training_Time", "own word", "stage:training-time"),
        ("origdate", "2023-5", "2024-6", "2023-05"),
    ],
)
def test_a_field_given_twice_with_two_texts_keeps_both(
    name: str, one: str, two: str, mended_one: str, tmp_path: Path
) -> None:
    text = f"@misc{{ada,\n  title          = {{T}},\n  {name:14} = {{{one}}},\n  {name:14} = {{{two}}}\n}}\n"
    new, mends = mend(tmp_path, text)
    assert mends == [(1, "ada")]
    assert new == text.replace(one, mended_one)
