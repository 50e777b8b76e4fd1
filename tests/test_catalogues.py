"""Every catalogue of the vocabulary makes a directive, a role and a type of object."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from pages import by_class, text, tree
from support import Project

BIB = """
@misc{vae, title = {Auto-Encoding}, shorttitle = {VAE}, year = 2014, keywords = {family:latent}}
@misc{gan, title = {Adversarial}, shorttitle = {GAN}, year = 2014, keywords = {family:latent}}
@misc{none, title = {Other}, year = 2014}
"""
WORDS = """
[facet.family]
label = "Family"
[term."family:latent"]
label = "Latent"
[catalogue.model]
label = "Model"
plural = "models"
title = "shorttitle"
filter = "family:*"
columns = ["shorttitle", "family"]
[catalogue.corpus]
label = "Corpus"
plural = "corpora"
collection = "datasets"
"""
PAGE = """# All

```{mmu:model-catalogue}
```

```{mmu:corpus-catalogue}
```

See {mmu:model}`vae` and {mmu:corpus}`laion`, {any}`gan`, {mmu:term}`family:latent`.

```{mmu:dataset-catalogue}
:targets: no
```
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(
        "conf.py",
        'extensions = ["sphinx_mmu", "myst_parser"]\nmmu_bibfiles = ["refs.bib"]\n'
        'mmu_dataset_bibfiles = ["data.bib"]\nmmu_vocabulary = ["words.toml"]\n'
        "mmu_paper_pages = False\n",
    )
    made.write("refs.bib", BIB)
    made.write("data.bib", "@dataset{laion, title = {LAION-400M}}\n")
    made.write("words.toml", WORDS)
    made.write("index.md", PAGE)
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_catalogue_of_the_vocabulary(project: Project, jobs: int) -> None:
    built = project.build(jobs=jobs)
    html = built.html("index")
    assert [
        w for w in built.warnings if "family:latent" not in w
    ] == []  # no page shows the term
    assert "<b data-mmu-count>2</b> models" in html
    assert "<b data-mmu-count>1</b> corpus" in html
    assert "<b data-mmu-count>1</b> dataset" in html
    assert 'href="#vae"' in html
    assert 'href="#laion"' in html
    inventory = (built.out / "objects.inv").read_bytes().split(b"\n", 4)[4]
    objects = [
        line.split()[:2]
        for line in zlib.decompress(inventory).decode().splitlines()
    ]
    found = {(name, kind) for name, kind in objects if kind.startswith("mmu:")}
    assert {
        ("vae", "mmu:model"),
        ("gan", "mmu:model"),
        ("laion", "mmu:corpus"),
    } <= found


def test_a_collection_is_one_of_two(project: Project) -> None:
    project.edit("words.toml", '"datasets"', '"models"')
    (first, *_) = project.build().warnings
    assert (
        "'collection' of [catalogue.corpus] must be papers or datasets" in first
    )


def test_what_the_vocabulary_no_longer_has_is_unknown(project: Project) -> None:
    project.build()
    project.edit("words.toml", "[catalogue.model]", "[catalogue.kind]")
    warnings = project.build().warnings
    assert any("model-catalogue" in warning for warning in warnings)


def test_a_catalogue_that_is_gone_or_new_changes_pages_that_name_it(
    project: Project,
) -> None:
    page = "# Page\n\n```{mmu:model-catalogue}\n```\n\n{mmu:model}`vae`\n"
    project.write("index.md", page)
    head, _, rest = WORDS.partition("[catalogue.model]")
    project.write("words.toml", head)
    settings = {
        "mmu_site_search": True,
        "suppress_warnings": ["mmu.unknown-name"],
    }
    first = project.build(**settings)
    assert 'data-mmu-key="vae"' not in first.html("index")
    project.write("words.toml", f"{head}[catalogue.model]{rest}")
    assert 'data-mmu-key="vae"' in project.build(**settings).html("index")
    project.write("words.toml", head)
    again = project.build(**settings)
    assert again.html("index") == first.html("index")


def test_a_label_alone_says_what_several_are_called(project: Project) -> None:
    project.write("words.toml", '[catalogue.dataset]\nlabel = "Corpus"\n')
    page = "# Page\n\n```{mmu:dataset-catalogue}\n```\n"
    project.write("index.md", page)
    project.write(
        "data.bib", "@dataset{a, title={A}}\n@dataset{b, title={B}}\n"
    )
    html = project.build().html("index")
    assert "<b data-mmu-count>2</b> corpus" in html
    project.write("words.toml", "")
    assert ">Dataset</th>" in project.build().html("index")


def test_only_that_of_datasets_needs_no_table(project: Project) -> None:
    page = (
        "# All\n\n```{mmu:benchmark-catalogue}\n```\n\n{mmu:benchmark}`vae`\n"
    )
    project.write("index.md", page)
    directive, role = project.build().warnings
    assert "there is no directive 'mmu:benchmark-catalogue'" in directive
    assert "there is no role 'mmu:benchmark'" in role
    for warning in (directive, role):
        assert "or add [catalogue.benchmark] to the vocabulary" in warning


def test_a_catalogue_is_not_near_by_the_ending_that_all_have(
    project: Project,
) -> None:
    page = "# All\n\n```{mmu:mode-catalogue}\n```\n\n```{mmu:paper-catalogue}\n```\n"
    project.write("index.md", page)
    near, far = project.build().warnings
    assert "did you mean 'mmu:model-catalogue'?" in near
    assert "add [catalogue.paper] to the vocabulary" in far


def test_rows_of_a_catalogue_and_of_a_table_have_the_heads_of_their_own(
    project: Project,
) -> None:
    project.edit(
        "words.toml", '"shorttitle", "family"]', '"shorttitle", "type"]'
    )
    table = "```{mmu:paper-table}\n:filter: family:*\n:columns: shorttitle type\n```\n"
    project.write("other.md", f"---\norphan: true\n---\n\n# Other\n\n{table}")
    built = project.build()
    for page, head in (("index", "Model"), ("other", "Shorttitle")):
        shown = next(by_class(tree(built.html(page)), "mmu-catalogue"))
        heads = [text(cell) for cell in shown.iter("th")]
        labels = {cell.get("data-mmu-l") for cell in shown.iter("td")}
        assert heads[0] == head
        assert labels - {None} <= set(heads), page


def test_an_explorer_hands_the_script_what_one_and_several_are_called(
    project: Project,
) -> None:
    page = "# All\n\n```{mmu:corpus-catalogue}\n:facets: type\n```\n"
    project.write("index.md", page)
    html = project.build().html("index")
    assert 'data-mmu-unit="corpus" data-mmu-units="corpora"' in html
    assert "<b data-mmu-count>1</b> corpus" in html


@pytest.mark.parametrize(
    ("line", "said"),
    [("parts", "encoder, decoder"), ("definition", "Small.")],
)
def test_stations_say_of_a_term_what_a_pipeline_says(
    line: str, said: str, project: Project
) -> None:
    project.edit(
        "words.toml",
        'label = "Latent"\n',
        'label = "Latent"\ndefinition = "Small."\nparts = ["encoder", "decoder"]\n',
    )
    project.edit(
        "words.toml",
        'label = "Family"\n',
        f'label = "Family"\nline = "{line}"\n',
    )
    project.write(
        "index.md",
        "# All\n\n```{mmu:term-list} family\n:format: pipe\n```\n\n```{mmu:pipeline} family\n```\n",
    )
    built = project.build()
    (shown,) = by_class(tree(built.html("index")), "mmu-line")
    assert text(shown) == said
    assert said in built.html("index").partition("mmu-pipeline")[2]


def test_rows_of_terms_are_no_text_of_their_section_in_the_search(
    project: Project,
) -> None:
    table = "```{mmu:term-list} family\n:format: table\n```\n"
    project.write("index.md", f"# All\n\nWords.\n\n{table}")
    built = project.build(mmu_site_search=True)
    script = built.file("_static/mmu-find-data.js")
    found = json.loads(script.partition("findData=")[2].rstrip(";\n"))
    texts = {title: said for *_, title, _names, said in found["documents"]}
    assert texts["All"] == "Words.\nFamily · Definition · Papers"
    assert "Latent" in texts
