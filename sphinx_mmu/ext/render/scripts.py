"""Scripts that a page loads. ``scripts.json``, which ``tools/bundle.mjs`` writes, names what each
needs before it.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sphinx.application import Sphinx

SCRIPTS: dict[str, dict[str, Any]] = json.loads(
    (files("sphinx_mmu") / "ext/scripts.json").read_text("utf-8")
)
"""Each script of the package: what it ``needs`` before it, and the ``sources`` that it is from."""


def add_script(app: Sphinx, name: str, **attributes: Any) -> None:
    """Load a script on the page that is being written, after those that it needs."""
    for needed in SCRIPTS[name]["needs"] if name in SCRIPTS else ():
        app.add_js_file(needed, loading_method="defer")
    app.add_js_file(name, loading_method="defer", **attributes)
