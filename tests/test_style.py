"""The canonical form of files: nothing is lost, twice is once, and what need not change does not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sphinx_mmu.bib.reader import parse
from sphinx_mmu.bib.style import formatted

MESS = """\
Free text; see a@b.org.
@string{jml = "Journal of {ML}"}
@comment{jabref-meta: databaseType:bibtex;}

% a remark
@Article(ada,
  zeta = 1,
  month = jan,
  Journal = jml # { (} # "II)",
  TITLE = "On {\\"U}nlearning
     twice",
  author={Lovelace, Ada},
  year=2024,
  author={Second, Author}
)


@misc{beck, title = { Two  blanks }}@misc{cole,}
% the end
"""
NEAT = """\
Free text; see a@b.org.
@string{jml = "Journal of {ML}"}
@comment{jabref-meta: databaseType:bibtex;}

% a remark
@article{ada,
  title          = {On {\\"U}nlearning
     twice},
  author         = {Lovelace, Ada},
  author         = {Second, Author},
  journal        = jml # { (} # "II)",
  year           = {2024},
  month          = jan,
  zeta           = {1}
}

@misc{beck,
  title          = {Two  blanks}
}

@misc{cole,
}
% the end
"""


def test_entries_are_put_in_order_and_all_else_stays() -> None:
    assert formatted(MESS).text == NEAT
    assert formatted(NEAT).text == NEAT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_mark_at_the_beginning_stay(
    end: str, mark: str
) -> None:
    assert formatted(
        mark + MESS.replace("\n", end)
    ).text == mark + NEAT.replace("\n", end)


def test_mixed_line_ends_become_like_the_first() -> None:
    assert (
        formatted("% one\r\n@misc{a,\n t={x}\r}\n").text
        == "% one\r\n@misc{a,\r\n  t              = {x}\r\n}\r\n"
    )


@pytest.mark.parametrize(
    "faulty",
    [
        "@misc{bad, title = {A\n",
        "@misc{bad, title = {A} B}\n",
        "@misc{bad,\n % title = {A},\n year = 1\n}\n",
    ],
)
def test_an_entry_that_breaks_the_syntax_stays_and_is_named(
    faulty: str,
) -> None:
    done = formatted(f"@misc(a, t={{x}})\n\n{faulty}\n@misc(b, t={{y}})\n")
    neat = "@misc{{{key},\n  t              = {{{value}}}\n}}\n"
    assert (
        done.text
        == f"{neat.format(key='a', value='x')}\n{faulty}\n{neat.format(key='b', value='y')}"
    )
    assert done.left == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no entry\n",
        "% @misc{a, b = {c}}",
        "@comment{@misc{a,b={c}}}  \n\n\n",
    ],
)
def test_a_text_without_entries_stays(text: str) -> None:
    assert formatted(text).text == text


# --- any text

values = st.sampled_from(
    [
        "{A {B} c}",
        '"a {"} b"',
        "12",
        "jan",
        "jml # { x }",
        "{two\n lines}",
        "{}",
        '""',
        "undefined",
        "{ é\u2028 }",
        "{a % b}",
        '{\\"u}',
        "1 # 2",
        "{@misc{x, y}}",
        "{\n\n p}",
    ]
)
names = st.sampled_from(
    ["title", "Author", "zz", "year", "keywords", "a.b", "ÄÖ"]
)
fields = st.tuples(names, st.sampled_from([" = ", "=", "\n=\t"]), values).map(
    "".join
)
keys = st.sampled_from(["a", "DBLP:conf/x", "k2024", "é"])
entries = st.builds(
    lambda kind, key, fs, end, close: (
        f"@{kind}{close[0]}{key},\n{f',{end}'.join(fs)}{end}{close[1]}"
    ),
    st.sampled_from(["misc", "Article", "dataset"]),
    keys,
    st.lists(fields, max_size=5),
    st.sampled_from(["", "\n", " "]),
    st.sampled_from(["{}", "()"]),
)
between = st.sampled_from(
    [
        "",
        "\n",
        " ",
        "\n\n\n",
        "% remark\n",
        "@comment{x {y}}",
        "@string{jml = {J}}\n",
        '@preamble{"p"}',
        "text @ text\n",
        "@comment{@misc{z, t={1}}}\n",
        "\n%@misc{q, t={1}}\n",
        "a@b.org ",
    ]
)
marks = st.sampled_from(
    [
        *'@{}()",=#%\\',
        " ",
        "\n",
        "\r\n",
        "\r",
        "é",
        "\ufeff",
        "\x85",
        "x = {y},\n",
        "@misc{k,",
    ]
)
files = st.lists(
    entries | between | entries | st.lists(marks, max_size=2).map("".join),
    max_size=8,
).map("".join)


def meaning(text: str) -> object:
    found, problems = parse(text, "x")
    return (
        [
            (e.type, e.key, {n: f.value for n, f in e.fields.items()})
            for e in found
        ],
        sorted((p.code.slug, p.key) for p in problems),
    )


@given(st.sampled_from(["", "\ufeff"]), files, st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=5 * settings.default.max_examples)
@example("", MESS, "\r\n")
def test_the_form_of_any_text_reads_the_same_and_is_its_own_form(
    mark: str, text: str, end: str
) -> None:
    text = mark + text.replace("\n", end)
    once = formatted(text).text
    assert meaning(once) == meaning(text)
    assert formatted(once).text == once


@given(st.lists(values, max_size=6), st.lists(between, min_size=2, max_size=2))
@settings(max_examples=2 * settings.default.max_examples)
def test_free_text_and_the_text_of_values_are_found_again_byte_for_byte(
    texts: list[str], gaps: list[str]
) -> None:
    lines = ",\n".join(f"f{n} = {text}" for n, text in enumerate(texts))
    done = formatted(f"{gaps[0]}\n@misc{{q,\n{lines}\n}}\n{gaps[1]}")
    assert not done.left
    assert all(gap.strip() in done.text for gap in gaps)
    for text in texts:
        inner = text[1:-1].strip(" \n") if text[0] in '{"' else text
        assert inner in done.text
