"""Pictures of every kind of page, to look at: `make screenshots` puts them into _build/screenshots."""

from __future__ import annotations

import sys
from pathlib import Path

from browsing import launched, program

PAGES = (
    "index",
    "overview",
    "surveys",
    "taxonomy/index",
    "taxonomy/training-time",
    "benchmarks",
    "datasets",
    "metrics",
    "applications",
    "challenges",
    "method",
    "glossary",
    "references",
    "papers/index",
    "papers/vision-language",
    "papers/by-year",
    "gap-map",
    "facet/modality/audio",
    "facet/venue/CVPR",
    "paper/huo2025mmunlearner",
    "paper/bui2025hiding",
    "contribute/index",
    "extension/index",
    "extension/directives",
    "search",
)
SIZES = {1280: 900, 390: 844}


def main(site: Path, pictures: Path) -> None:
    """Open every page of a built site at two widths in both schemes, and keep a picture of each."""
    path = program()
    if not path:
        sys.exit("there is no chromium on PATH")
    pictures.mkdir(parents=True, exist_ok=True)
    with launched(path) as browser:
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                )
                page = context.new_page()
                for name in PAGES:
                    page.goto((site / f"{name}.html").as_uri())
                    path = (
                        pictures
                        / f"{name.replace('/', '-')}-{width}-{scheme}.png"
                    )
                    page.screenshot(path=path, full_page=True)
                context.close()
    sys.stdout.write(
        f"{len(list(pictures.glob('*.png')))} pictures in {pictures}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
