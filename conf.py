"""The settings of the site, and an example to copy: `sphinx-build -c . docs _build/html`.

A survey of one's own needs two of these lines, `extensions = ["sphinx_mmu"]` and `mmu_bibfiles`.
All others are this site's choices, each explained in the guide or in the documentation of the
extension it belongs to.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent / "docs/_ext"))

# --- the survey
project = "Multimodal Unlearning"
author = "Nobin Sarwar, Shubhashis Roy Dipta, Zheyuan Liu, Vaidehi Patil"
copyright = "2026, the authors of the survey"
language = "en"
version = "2026.11"  # the edition of the data

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "sphinx_mmu",
    "site_furo",  # in docs/_ext: landmarks, keyboard and content security policy of the theme
    "site_epub",  # in docs/_ext: how the book can be read, in its metadata
    "site_mathml",  # in docs/_ext: formulas without a script
    "diagrams",  # in docs/_ext: how each pathway works, drawn by code
    "sphinxext.opengraph",
    "notfound.extension",
]
exclude_patterns = ["_ext", "_templates"]

# --- the database: paths from the folder of this file
mmu_bibfiles = ["refs/papers.bib", "refs/since.bib", "refs/compared.bib"]
mmu_dataset_bibfiles = ["refs/datasets.bib"]
mmu_background_bibfiles = ["refs/background.bib"]
mmu_vocabulary = [
    "refs/taxonomy.toml",
    "refs/survey.toml",
    "refs/evaluation.toml",
    "refs/cards.toml",
    "refs/results.toml",
]
mmu_results = ["refs/results.csv"]
mmu_facet_pages = [
    *("modality", "target", "kind", "family", "venue", "author"),
    *("attack", "results", "has:code", "has:data"),
]
mmu_print_excludes = [  # what needs a screen, and lists of what papers/index has
    "paper/*",
    "papers/[!i]*",
    "a-to-z",
    "compare",
    "news",
    "contribute/*",
    "extension/*",
]
mmu_feeds = True
mmu_site_search = True
mmu_guides = {
    "contribute": ["contribute", "add a paper"],
    "extension": [
        *("extension", "guide", "install", "command line", "sphinx", "myst"),
        *("directive", "directives", "role", "roles", "option", "options"),
        *("conf", "toml", "bibtex", "mmu*"),
    ],
}
mmu_new_issue_url = (
    "https://github.com/smsnobin77/Awesome-Multimodal-Unlearning/issues/new"
    "?template=add-a-paper.yml&title={title}&identifier={identifier}&bibtex={body}"
)
mmu_edit_url = "https://github.com/smsnobin77/Awesome-Multimodal-Unlearning/blob/main/{file}#L{line}"

# --- citations in prose
bibtex_bibfiles = mmu_bibfiles + mmu_background_bibfiles
bibtex_default_style = "alpha"
bibtex_reference_style = "author_year"

# --- chapters
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
]
myst_heading_anchors = 3

# --- HTML
html_theme = "furo"
html_favicon = "docs/_static/favicon.svg"  # drawn by `python -m tools.pictures`, as the card below
html_title = "Multimodal Unlearning"  # short: on a phone it is the header
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5cad",
        "color-brand-content": "#0b5cad",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8ab8ff",
        "color-brand-content": "#8ab8ff",
    },
    "footer_icons": [],
    "top_of_page_buttons": ["edit"],
    "source_edit_link": (
        "https://github.com/smsnobin77/Awesome-Multimodal-Unlearning/edit/main/docs/{filename}"
    ),
}
if frozen := os.environ.get("MMU_FROZEN"):  # `make freeze` gives the day
    html_theme_options["announcement"] = f"Frozen edition of {frozen}"
templates_path = ["docs/_templates"]
html_sidebars = {
    "**": [
        *(
            f"sidebar/{part}.html"
            for part in ("brand", "search", "scroll-start")
        ),
        *("sidebar/navigation.html", "feed.html", "sidebar/scroll-end.html"),
    ]
}
html_math_renderer = "mathml"
html_copy_source = html_show_sourcelink = html_show_sphinx = False
html_show_search_summary = (
    False  # the search page would fetch every page that it lists
)
html_use_index = False
pygments_style, pygments_dark_style = (
    "a11y-high-contrast-light",
    "a11y-high-contrast-dark",
)

# --- where the site is hosted: needed for canonical links, the sitemap, and the 404 page
html_baseurl = os.environ.get("MMU_BASEURL") or os.environ.get(
    "READTHEDOCS_CANONICAL_URL", ""
)
notfound_urls_prefix = urlsplit(html_baseurl).path.rstrip("/") + "/"
ogp_site_url = html_baseurl
html_static_path = ["docs/_static/explore.js", "docs/_static/social.png"]
if html_baseurl:
    ogp_image = "_static/social.png"
    ogp_image_alt = (
        "A landscape loses its style, a boat stays the same: "
        "models before and after unlearning"
    )
# A picture of every page would need matplotlib.
ogp_social_cards = {"enable": False}
ogp_enable_meta_description = True
sitemap_url_scheme = "{link}"
sitemap_excludes = [
    f"{name}{end}" for name in ("search", "404") for end in (".html", "/")
]
if html_baseurl:
    extensions.append("sphinx_sitemap")
    sitemap_show_lastmod = (
        True  # by sphinx-last-updated-by-git: the day of the page's last commit
    )
    # Without its history, dates of pages are left out.
    suppress_warnings = ["git.too_shallow", "git.subprocess_error"]

# --- other forms
epub_show_urls = "no"
epub_description = (
    "A living survey of multimodal unlearning: how models of vision, language, audio and video are"
    " made to forget"
)
epub_publisher = "The authors of the survey"
epub_scheme = "ID"
epub_identifier = epub_uid = (
    "multimodal-unlearning"  # the table of contents has the latter
)
epub_accessibility_summary = (
    "Text with headings, tables and formulas in MathML. What drawings show is in tables or words"
    " as well."
)
latex_engine = "xelatex"
latex_elements = {
    "extraclassoptions": "openany",
    # its words name a number that these tables do not have; their heads are repeated anyway
    "preamble": r"\renewcommand\sphinxtablecontinued[1]{}\hypersetup{pdflang=en}",
}
# The chapters without the front page, which a book has no use for: all of them would hang from its
# last section.
latex_documents = [
    (
        "index",
        "survey.tex",
        project,
        author.replace(", ", r" \and "),
        "manual",
        True,
    )
]
