"""The vocabulary: what TOML files make of it, and what each fault costs."""

import os
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mmu.export.client_data import searched_fields
from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Code, Problem
from sphinx_mmu.vocabulary.reader import read_vocabulary
from sphinx_mmu.vocabulary.shapes import SHAPES, Shape
from sphinx_mmu.vocabulary.vocabulary import (
    Symbol,
    TradeOff,
    Vocabulary,
    pretty,
)
from tools.vocabulary_schema import schema_text, vocabulary_schema

WORDS = """\
[facet.stage]
label = "Stage"
description = "When a method acts."
numbered = true
single = true
field = "phase"
summary = true
verb = "acts on"
usual = ["late"]
highlights = [{ label = "With code", filter = "has:code" }]

[facet.any-word]

[term."stage:late"]
label = "Late"
aliases = ["at the end", "EVENING"]

[term."stage:late/last"]

[term."stage:early"]
label = "Early"
short = "E"
definition = "First of all."
formula = 'a_b'
symbols = [{ symbol = 'a', meaning = "one" }]
tradeoffs = [{ kind = "cost", text = "Dear.", basis = "§2" }]
colour = { light = "#fff", dark = "#00aA00" }
related = ["stage:late"]
cites = ["ada"]
section = "3.1"
weight = 7
parts = ["x", 2]

[term."stage:late/first"]
label = "First of the last"

[field.weight]
label = "Weight"
separator = ";"

[relation.usedby]
label = "Used by"
inverse = "Uses"

[catalogue.benchmark]
plural = "tests"
title = "benchname"
filter = "kind:test"
group-by = "stage"
columns = ["benchname", "weight"]
sort = "title"
"""


def load(*texts: str, folder: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"words{number}.toml"
        path.write_bytes(text.encode())
        paths.append((path, path.name))
    return read_vocabulary(paths)


def places(problems: tuple[Problem, ...]) -> list[str]:
    return [p.location for p in problems]


@pytest.fixture
def words(tmp_path: Path) -> Vocabulary:
    vocabulary, problems = load(WORDS, folder=tmp_path)
    assert problems == ()
    return vocabulary


def test_a_facet_is_as_its_table_says(words: Vocabulary) -> None:
    stage = words.facets["stage"]
    assert (stage.label, stage.description) == ("Stage", "When a method acts.")
    assert (stage.field, stage.verb) == ("phase", "acts on")
    assert (stage.numbered, stage.single, stage.summary, stage.usual) == (
        True,
        True,
        True,
        ("late",),
    )
    assert [(h.label, h.filter) for h in stage.highlights] == [
        ("With code", "has:code")
    ]
    assert not stage.open


def test_numbers_continue_from_facet_to_facet(tmp_path: Path) -> None:
    facets = "".join(
        f'[facet.{name}]\nlabel = "{name}"\n{numbered}'
        for name, numbered in (
            ("a", "numbered = true\n"),
            ("b", ""),
            ("c", "numbered = true\n"),
        )
    )
    tags = ("a:x", "a:x/y", "c:x", "b:x", "a:z", "c:x/y", "c:z")
    terms = "".join(f'[term."{tag}"]\n' for tag in tags)
    found, problems = load(facets + terms, folder=tmp_path)
    assert problems == ()
    orders = {tag: term.order for tag, term in found.terms.items()}
    assert orders == dict(zip(tags, (1, 1, 3, 1, 2, 1, 4), strict=True))


def test_new_entries_are_offered_the_terms_that_a_facet_names_in_its_order(
    tmp_path: Path,
) -> None:
    new = WORDS.replace(
        'usual = ["late"]', 'usual = ["late"]\nnew = ["early", "lat", "late"]'
    )
    vocabulary, (problem,) = load(new, folder=tmp_path)
    assert [t.value for t in vocabulary.facets["stage"].offered] == [
        "early",
        "late",
    ]
    assert problem.text.startswith(
        "'new' of [facet.stage] names 'lat', which is not a term"
    )
    assert "late" in problem.hint
    assert vocabulary.facets["any-word"].offered == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'usual = ["late"]',
            'usual = ["lat"]',
            "'usual' of [facet.stage] names 'lat', which is not a term; did you mean 'late'?",
        ),
        (
            'verb = "acts on"',
            'verb = "acts on"\nline = "weigt"',
            "'line' of [facet.stage] names 'weigt', which no term has as a fact; did you mean 'weight'?",
        ),
        (
            'kind = "cost"',
            'kind = "con"',
            "a trade-off of [term.stage:early] cannot have the kind 'con'; one of: strength, cost",
        ),
    ],
)
def test_what_a_page_would_leave_out_without_a_word_is_told(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    assert WORDS.count(old) == 1
    _, (problem,) = load(WORDS.replace(old, new), folder=tmp_path)
    assert problem.text == told


def test_a_line_may_be_the_definition(tmp_path: Path) -> None:
    words = WORDS.replace(
        'verb = "acts on"', 'verb = "acts on"\nline = "definition"'
    )
    assert load(words, folder=tmp_path)[1] == ()


def test_a_facet_without_terms_is_open_and_gets_its_label_from_its_name(
    words: Vocabulary,
) -> None:
    facet = words.facets["any-word"]
    assert facet.open
    assert facet.label == "Any word"
    assert list(words.facets) == ["stage", "any-word"]


def test_terms_stand_in_the_order_of_the_file_each_with_its_children_behind_it(
    words: Vocabulary,
) -> None:
    assert [t.value for t in words.facets["stage"].terms] == [
        "late",
        "late/last",
        "late/first",
        "early",
    ]
    assert [t.order for t in words.facets["stage"].terms] == [1, 1, 2, 2]
    assert [t.depth for t in words.facets["stage"].terms] == [1, 2, 2, 1]


def test_a_term_holds_all_that_is_written(words: Vocabulary) -> None:
    term = words.terms["stage:early"]
    assert (term.label, term.short, term.definition, term.formula) == (
        "Early",
        "E",
        "First of all.",
        "a_b",
    )
    assert term.symbols == (Symbol("a", "one"),)
    assert term.tradeoffs == (TradeOff("cost", "Dear.", "§2"),)
    assert (term.colour, term.section) == (("#fff", "#00aA00"), "3.1")
    assert (term.related, term.cites) == (("stage:late",), ("ada",))
    assert dict(term.facts) == {"weight": "7", "parts": ("x", "2")}
    assert (term.file, term.line) == ("words0.toml", 20)


def test_a_term_without_a_label_is_named_by_its_last_part(
    words: Vocabulary,
) -> None:
    assert words.terms["stage:late/last"].label == "Last"
    assert pretty("a/very-long_word") == "Very long word"
    assert pretty("CLIP ViT-B/16") == "CLIP ViT-B/16"
    assert pretty("CLIP ViT-B") == "CLIP ViT-B"
    assert pretty("FLUX/FLUX.1 [dev]") == "FLUX.1 [dev]"


@pytest.mark.parametrize(
    "tag", ["stage:late", "STAGE:Late", "stage:at the end", "stage:evening"]
)
def test_a_term_is_found_by_alias_and_in_any_case(
    tag: str, words: Vocabulary
) -> None:
    term = words.term(tag)
    assert term is not None
    assert term.tag == "stage:late"


@pytest.mark.parametrize("tag", ["stage:lat", "stage", "any-word:late", ""])
def test_what_is_no_term_is_not_found(tag: str, words: Vocabulary) -> None:
    assert words.term(tag) is None


def test_family_of_a_term(words: Vocabulary) -> None:
    late, first = words.terms["stage:late"], words.terms["stage:late/first"]
    assert [t.value for t in words.children(late)] == [
        "late/last",
        "late/first",
    ]
    assert words.children(first) == ()
    assert [t.tag for t in words.path(first)] == [
        "stage:late",
        "stage:late/first",
    ]
    assert (late.parent, first.parent) == ("", "late")


def test_the_search_leaves_out_what_says_where_values_come_from(
    tmp_path: Path,
) -> None:
    text = "[field.size]\n[field.place]\nprovenance = true\n[field.tagnote]\n"
    words, problems = load(text, folder=tmp_path)
    assert not problems
    assert searched_fields(Library(vocabulary=words)) == ["size", "summary"]


def test_fields_relations_and_catalogues(words: Vocabulary) -> None:
    assert (dict(words.fields), dict(words.separators)) == (
        {"weight": "Weight"},
        {"weight": ";"},
    )
    relation, catalogue = (
        words.relations["usedby"],
        words.catalogues["benchmark"],
    )
    assert (relation.label, relation.inverse) == ("Used by", "Uses")
    assert (relation.section, relation.results) == ("", False)
    assert (catalogue.label, catalogue.plural, catalogue.title) == (
        "Benchmark",
        "tests",
        "benchname",
    )
    assert (catalogue.filter, catalogue.group_by, catalogue.sort) == (
        "kind:test",
        "stage",
        "title",
    )
    assert catalogue.columns == ("benchname", "weight")


@pytest.mark.parametrize(
    "name", ["a b", "Model", "é", "", "1", "a--b", "paper", "term", "count"]
)
def test_a_catalogue_that_no_page_could_name_is_reported(
    name: str, tmp_path: Path
) -> None:
    hint = "write lower-case letters, digits and hyphens, but not paper, term or count"
    words, problems = load(
        f'[catalogue."{name}"]\n[catalogue.model-2]\n', folder=tmp_path
    )
    assert [p.text for p in problems] == [
        f"[catalogue.{name}] is not a valid directive or role name; {hint}"
    ]
    assert [*words.catalogues] == ["dataset", "model-2"]


def test_an_empty_vocabulary_is_false(words: Vocabulary) -> None:
    assert words
    assert not Vocabulary()


def test_several_files_make_one_vocabulary(tmp_path: Path) -> None:
    words, problems = load(
        '[facet.a]\n[term."a:x"]\n',
        '[facet.b]\n[term."a:y"]\n',
        folder=tmp_path,
    )
    assert problems == ()
    assert list(words.facets) == ["a", "b"]
    assert [t.value for t in words.facets["a"].terms] == ["x", "y"]
    assert words.terms["a:y"].file == "words1.toml"


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing(
    tmp_path: Path, words: Vocabulary
) -> None:
    odd, problems = load(
        "\ufeff" + WORDS.replace("\n", "\r\n"), folder=tmp_path
    )
    assert problems == ()
    assert odd.terms == words.terms


# --- faults: (what is written, the line named, words of the message, hint)

FAULTS = {
    "facet key": (
        '[facet.a]\nlable = "A"\n',
        1,
        "[facet.a] has no key 'lable'",
        "did you mean 'label'?",
    ),
    "part": (
        '[facet.a]\n[terms."a:x"]\n',
        2,
        "a vocabulary has no tables [terms.…]",
        "did you mean 'term'?",
    ),
    "part like none": (
        "[facet.a]\n[xyz]\nk = 1\n",
        2,
        "a vocabulary has no tables [xyz.…]",
        f"one of: {', '.join(SHAPES)}",
    ),
    "no part": (
        'task = "a"\n[facet.a]\n',
        1,
        "'task' is not a table",
        "write [task.name]",
    ),
    "facet of a term": (
        '[facet.stage]\n\n[term."stag:x"]\n',
        3,
        "the facet of the term",
        "did you mean 'stage'?",
    ),
    "no colon": (
        '[facet.a]\n[term."x"]\n',
        2,
        "the facet of the term",
        "add [facet.x]",
    ),
    "parent": (
        '[facet.a]\n[term."a:x/y"]\n',
        2,
        "is below 'a:x', which is not declared",
        'add [term."a:x"]',
    ),
    "colour": (
        '[facet.a]\n[term."a:x"]\ncolour = "red"\n',
        2,
        "'colour' of [term.a:x] must be a pair of colours",
        'write colour = { light = "#rrggbb", dark = "#rrggbb" }',
    ),
    "half a colour": (
        '[facet.a]\n[term."a:x"]\ncolour = { light = "#fff" }\n',
        2,
        "'colour' of [term.a:x] must be a pair of colours",
        'write colour = { light = "#rrggbb", dark = "#rrggbb" }',
    ),
    "symbols": (
        '[facet.a]\n[term."a:x"]\nsymbols = ["a"]\n',
        2,
        "'symbols' of [term.a:x] must be a list",
        'write symbols = [{ symbol = "…", meaning = "…" }]',
    ),
    "trade-offs": (
        '[facet.a]\n[term."a:x"]\ntradeoffs = "a"\n',
        2,
        "'tradeoffs' of [term.a:x] must be a list",
        'write tradeoffs = [{ kind = "…", text = "…", basis = "…" }]',
    ),
    "fact": (
        '[facet.a]\n[term."a:x"]\nfact = { a = 1 }\n',
        2,
        "'fact' of [term.a:x] must be text, a number",
        'write fact = "…"',
    ),
    "empty value": (
        '[facet.a]\n[term."a:"]\n',
        2,
        "a part of the term 'a:' is empty",
        'write [term."a:value"]',
    ),
    "empty part": (
        '[facet.a]\n[term."a:x//y"]\n',
        2,
        "a part of the term 'a:x//y' is empty",
        'write [term."a:value"]',
    ),
    "keys of symbols": (
        '[facet.a]\n[term."a:x"]\nsymbols = [{ symbl = "f" }]\n',
        2,
        "a table in 'symbols' of [term.a:x] does not fit",
        'write { symbol = "…", meaning = "…" }',
    ),
    "field key": (
        '[facet.a]\n[field.size]\nlabl = "S"\n',
        2,
        "has no key 'labl'",
        "did you mean 'label'?",
    ),
    "relation key": (
        '[facet.a]\n[relation.of]\ninvers = "S"\n',
        2,
        "has no key 'invers'",
        "did you mean 'inverse'?",
    ),
    "catalogue key": (
        '[facet.a]\n[catalogue.b]\ngroup_by = "S"\n',
        2,
        "has no key 'group_by'",
        "did you mean 'group-by'?",
    ),
    "no table": (
        "[facet]\na = 1\n[facet.b]\n",
        2,
        "[facet.a] is not a table",
        "write [facet.name] above its keys, once for each name",
    ),
    "list of tables": (
        "[facet.b]\n[[facet.a]]\n",
        2,
        "[facet.a] is not a table",
        "write [facet.name] above its keys, once for each name",
    ),
    "twice": (
        "[facet.a]\n[facet.b]\n[facet.'a']\n",
        3,
        "[facet.a] is declared twice; first in words0.toml:1",
        "delete one of the two",
    ),
    "capitals": (
        "[facet.a]\n[facet.b]\nsingle = True\n",
        3,
        "TOML: Invalid value",
        "put texts in quotes; true and false have no capitals",
    ),
    "text": (
        "[facet.a]\n[facet.b]\nsingle = 'yes'\n",
        2,
        "'single' of [facet.b] must be true or false",
        "write single = true",
    ),
    "name in quotes": (
        "[facet.a]\n[term.a:b]\n",
        2,
        "TOML: Expected ']'",
        'close it with ]; a name with colons or spaces needs quotes: [term."facet:value"]',
    ),
    "backslash": (
        '[facet.a]\n[facet.b]\nlabel = "\\alpha"\n',
        3,
        "TOML: Unescaped",
        "put a text with backslashes in single quotes",
    ),
    "comma": (
        "[facet.a]\n[facet.b]\nlabel = 'a',\n",
        3,
        "TOML: Expected newline",
        "write each key in a line of its own, without a comma",
    ),
    "colon": (
        "[facet.a]\n[facet.b]\nlabel: 'a'\n",
        3,
        "TOML: Expected '='",
        'write key = "value"',
    ),
    "term of a metric": (
        '[facet.a]\n[metric.m]\nterm = "no"\n',
        2,
        "'term' of [metric.m] names 'no', which is not declared",
        "write the tag of a term, as facet:value",
    ),
    "url": (
        '[facet.a]\n[source.b]\nurl = "example.org"\n',
        2,
        "'url' of [source.b] is not an http or https address",
        "write the whole address, beginning with https://",
    ),
    "quote": (
        '[facet.a]\nlabel = "A\n\n[facet.b]\n',
        2,
        "TOML: Illegal character",
        "close the text with a quotation mark",
    ),
    "list": (
        '[facet.a]\nnew = ["x" "y"]\n[facet.b]\n',
        2,
        "TOML: Unclosed array",
        "separate the texts with commas, and write ] after the last",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_problem_at_its_line(name: str, tmp_path: Path) -> None:
    text, line, message, hint = FAULTS[name]
    words, (problem,) = load(text, folder=tmp_path)
    assert problem.code is Code.VOCABULARY
    assert (problem.file, problem.line) == ("words0.toml", line)
    assert message in problem.message
    assert problem.hint == hint
    assert words.facets.keys() & {"a", "b", "stage"}, "the rest is used"


def test_a_key_of_a_term_that_is_nearly_one_is_reported_and_a_fact(
    tmp_path: Path,
) -> None:
    text = '[facet.a]\n[term."a:b"]\nlable = "B"\nweight = "1"\nsectionn = "1"\nsection = "2"\n'
    words, (problem,) = load(text, folder=tmp_path)
    assert (problem.code, problem.line) == (Code.MISSPELT_FIELD, 2)
    assert problem.message == "'lable' of [term.a:b] is read as a fact"
    assert problem.hint == "did you mean 'label'?"
    assert words.terms["a:b"].facts["lable"] == "B"


WRONG = {
    "text": ["true", "[1]", "{}"],
    "true or false": ['"no"', "1", "[]"],
    "a list of texts": ['"x"', "true", "[[1]]"],
    "papers or datasets": ['"works"', "1", "true", '["papers"]'],
    "a pair of colours": ['"red"', "1", '{ light = "#fff", dark = 3 }'],
}
TYPED = [
    (kind, key, shape)
    for kind, keys in SHAPES.items()
    for key, shape in keys.items()
]


@pytest.mark.parametrize(
    ("kind", "key", "shape"),
    TYPED,
    ids=[f"{kind}-{key}" for kind, key, _shape in TYPED],
)
def test_a_value_of_another_type_is_one_problem_and_the_key_counts_as_not_there(
    kind: str, key: str, shape: Shape, tmp_path: Path
) -> None:
    name = "a:x" if kind == "term" else "b"
    for wrong in (
        WRONG[shape]
        if isinstance(shape, str)
        else ["1", "true", '["x"]', '"x"', "[{ x = 1 }]"]
    ):
        text = f'[facet.a]\n[{kind}."{name}"]\n{key} = {wrong}\n'
        words, (problem,) = load(text, folder=tmp_path)
        without, _ = load(text.rpartition("\n" + key)[0], folder=tmp_path)
        assert problem.location == "words0.toml:2"
        assert repr(key) in problem.message
        assert (words.facets, words.terms, words.fields) == (
            without.facets,
            without.terms,
            without.fields,
        )
        assert (words.relations, words.catalogues) == (
            without.relations,
            without.catalogues,
        )


# --- its form as JSON Schema

ROOT = Path(__file__).parent.parent
SCHEMA = jsonschema.Draft202012Validator(vocabulary_schema())


@pytest.mark.drift
def test_the_schema_in_the_package_is_what_the_reader_takes() -> None:
    path = ROOT / "sphinx_mmu/vocabulary/vocabulary.schema.json"
    if os.environ.get("MMU_UPDATE_EXAMPLES"):
        path.write_text(schema_text(), "utf-8")
    assert path.read_text("utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(vocabulary_schema())


@pytest.mark.drift
@pytest.mark.parametrize(
    "path", sorted((ROOT / "refs").glob("*.toml")), ids=lambda path: path.name
)
def test_the_vocabulary_of_the_survey_fits_the_schema_that_it_names(
    path: Path,
) -> None:
    text = path.read_text("utf-8")
    named = text.partition("\n")[0].removeprefix("#:schema ")
    assert (
        path.parent / named
    ).resolve() == ROOT / "sphinx_mmu/vocabulary/vocabulary.schema.json"
    SCHEMA.validate(tomllib.loads(text))


@pytest.mark.parametrize(
    ("kind", "key", "shape"),
    TYPED,
    ids=[f"{kind}-{key}" for kind, key, _shape in TYPED],
)
def test_the_schema_refuses_the_types_that_the_reader_refuses(
    kind: str, key: str, shape: Shape
) -> None:
    for wrong in (
        WRONG[shape]
        if isinstance(shape, str)
        else ["1", "true", '["x"]', '"x"', "[{ x = 1 }]"]
    ):
        assert not SCHEMA.is_valid(
            tomllib.loads(f'[facet.a]\n[{kind}."a:x"]\n{key} = {wrong}\n')
        )


@pytest.mark.parametrize(
    "text", [WORDS, '[facet.a]\n[term."a:x"]\nmine = ["a", 1]\nyear = 2024\n']
)
def test_the_schema_takes_what_the_reader_takes(text: str) -> None:
    SCHEMA.validate(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "[facets.a]",
        "[facet.a]\nname = 1",
        '[term."a"]',
        '[term."a:/x"]',
        "facet = 1",
    ],
)
def test_the_schema_refuses_unknown_parts_and_keys_and_tags_of_no_facet(
    text: str,
) -> None:
    assert not SCHEMA.is_valid(tomllib.loads(text))


def test_a_table_that_stands_in_two_files_names_both_places(
    tmp_path: Path,
) -> None:
    words, (problem,) = load(
        '[facet.a]\nlabel = "One"\n',
        '\n[facet.a]\nlabel = "Two"\n',
        folder=tmp_path,
    )
    assert problem.location == "words1.toml:2"
    assert (
        problem.message == "[facet.a] is declared twice; first in words0.toml:1"
    )
    assert words.facets["a"].label == "One"


def test_a_syntax_error_costs_one_table(tmp_path: Path) -> None:
    broken = WORDS.replace(
        'definition = "First of all."', 'definition = "First of all.'
    )
    words, (problem,) = load(broken, folder=tmp_path)
    assert problem.location == "words0.toml:23"
    assert words.terms.keys() == {
        "stage:late",
        "stage:late/last",
        "stage:late/first",
    }
    assert words.catalogues


def test_a_term_without_a_parent_is_kept_at_the_end(tmp_path: Path) -> None:
    words, problems = load(
        '[facet.a]\n[term."a:x/y"]\n[term."a:z"]\n', folder=tmp_path
    )
    assert places(problems) == ["words0.toml:2"]
    assert [t.value for t in words.facets["a"].terms] == ["z", "x/y"]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("[facet.a]\nsection = 3", ["'section' of [facet.a] names '3'"]),
        ("[metric.a]\nterm = 3", ["'term' of [metric.a] names '3'"]),
        ('[facet.a]\n[term."a:x"]\nformula = 3', []),
    ],
)
def test_a_number_is_read_as_its_digits(
    text: str, messages: list[str], tmp_path: Path
) -> None:
    _, problems = load(text, folder=tmp_path)
    assert [p.message.partition(",")[0] for p in problems] == messages


def test_a_file_that_is_missing_or_no_utf8_is_a_problem_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "latin.toml").write_bytes(
        "[facet.a]\nlabel = 'é'\n".encode("latin-1")
    )
    (tmp_path / "good.toml").write_text("[facet.b]\n", "utf-8")
    names = ["absent.toml", "latin.toml", "good.toml"]
    words, problems = read_vocabulary(
        [(tmp_path / name, name) for name in names]
    )
    assert [(p.code, p.file) for p in problems] == [
        (Code.MISSING_FILE, names[0]),
        (Code.ENCODING, names[1]),
    ]
    assert list(words.facets) == ["b"]


@given(data=st.data())
def test_no_slip_of_the_pen_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(WORDS)))
    end = data.draw(st.integers(start, min(len(WORDS), start + 12)))
    text = (
        WORDS[:start]
        + data.draw(st.text(alphabet="[]{}=\"'#,.\n ax:/", max_size=4))
        + WORDS[end:]
    )
    words, problems = load(text, folder=tmp_path_factory.getbasetemp())
    assert words.facets or problems
    assert all(p.line <= text.count("\n") + 1 for p in problems)
