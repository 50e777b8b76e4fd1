"""How each class of a diagram looks: one table for the style sheet, for files and for TikZ."""

from __future__ import annotations

from typing import NamedTuple

PALETTE = {
    "ink": ("#1d1f24", "#d5d7dc"),
    "soft": ("#575b63", "#a3a7af"),
    "ground": ("#ffffff", "#131416"),
    "line": ("#878b94", "#7d828b"),
    "hair": ("#d8dae0", "#3b3f46"),
    "wash": ("#f4f5f8", "#1e2125"),
    "forget": ("#b03a06", "#ff9a66"),
    "forget-pale": ("#fdeee5", "#33211a"),
    "retain": ("#0a6a68", "#5fd0c6"),
    "retain-pale": ("#e4f3f2", "#16302f"),
    "frozen": ("#666b74", "#9aa0aa"),
    "frozen-pale": ("#f0f1f4", "#22252a"),
    "changed": ("#4f3ab0", "#b7a8ff"),
    "changed-pale": ("#ebe7fb", "#2a2548"),
}
"""Colours on a light and on a dark ground."""
_SITE = {
    "ink": "--color-foreground-primary",
    "ground": "--color-background-primary",
}
"""Colours for which the theme has a variable of its own."""


class Look(NamedTuple):
    """Fill and outline, by names of the palette; ``dash`` is on and off."""

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[float, float] | None = None


LOOKS = {
    # boxes
    "forget-box": Look("forget-pale", "forget", 1.6, (6, 3)),
    "retain-box": Look("retain-pale", "retain", 1.6),
    "prompt-box": Look("wash", "line", 1.2),
    "plain-box": Look("ground", "line", 1.2),
    "frozen-box": Look("frozen-pale", "frozen", 1.6),
    "changed-box": Look("changed-pale", "changed", 3),
    "group": Look("", "line", 1.2, (2, 4)),
    "frame": Look("ground", "line", 1.2),
    "panel": Look("ground", "hair", 1),
    # cells of a network
    "frozen-cell": Look("ground", "frozen", 1.2),
    "hatch": Look("", "frozen", 0.9),
    "changed-cell": Look("changed", "changed", 2),
    "changed-mid": Look("changed-pale", "changed", 1.2),
    "plain-cell": Look("ground", "line", 1.2),
    "forget-cell": Look("forget", "forget", 1.2),
    "retain-cell": Look("retain", "retain", 1.2),
    "cut-cell": Look("ground", "changed", 1.6, (3, 2.5)),
    # lines
    "flow": Look("", "ink", 1.6),
    "forget-flow": Look("", "forget", 2.2, (6, 3)),
    "retain-flow": Look("", "retain", 2.2),
    "changed-flow": Look("", "changed", 2.8),
    "soft-flow": Look("", "line", 1.4, (2, 3)),
    "hair-line": Look("", "hair", 1),
    "thin": Look("", "line", 1.2),
    "thin-forget": Look("", "forget", 1.6),
    "bold-forget": Look("", "forget", 2.4),
    "none": Look(),
    "thin-retain": Look("", "retain", 1.6),
    "thin-frozen": Look("", "frozen", 1.6),
    "thin-changed": Look("", "changed", 1.6),
    "guide": Look("", "line", 1.2, (4, 3)),
    "mark-line": Look("", "ground", 2),
    # areas
    "flow-head": Look("ink"),
    "forget-head": Look("forget"),
    "retain-head": Look("retain"),
    "changed-head": Look("changed"),
    "soft-head": Look("line"),
    "frozen-head": Look("frozen"),
    "ground-head": Look("ground"),
    "forget-area": Look("forget-pale"),
    "retain-area": Look("retain-pale"),
    "changed-area": Look("changed-pale"),
    "wash-area": Look("wash"),
    # text
    "words": Look("ink"),
    "soft-words": Look("soft"),
    "forget-words": Look("forget"),
    "retain-words": Look("retain"),
    "changed-words": Look("changed"),
    "frozen-words": Look("frozen"),
}


def _css(look: Look, paint: dict[str, str]) -> str:
    parts = [f"fill:{paint[look.fill] if look.fill else 'none'}"]
    if look.stroke:
        parts += [
            f"stroke:{paint[look.stroke]}",
            f"stroke-width:{look.width:g}",
        ]
    if look.dash:
        parts.append("stroke-dasharray:{:g} {:g}".format(*look.dash))
    return ";".join(parts)


def rules(paint: dict[str, str], scope: str) -> str:
    """The rules of all classes below a selector."""
    rows = [
        f"{scope} .dg-{name}{{{_css(look, paint)}}}"
        for name, look in LOOKS.items()
    ]
    rows.append(f"{scope} path{{stroke-linejoin:round}}")
    return "\n".join(rows)


def stylesheet() -> str:
    """The style sheet of the site: colours as variables, the choice of a form, print."""
    values = {}
    for name, (light, dark) in PALETTE.items():
        pair = f"light-dark({light},{dark})"
        values[name] = f"var({_SITE[name]},{pair})" if name in _SITE else pair
    variables = ";".join(
        f"--dg-{name}:{value}" for name, value in values.items()
    )
    paint = {name: f"var(--dg-{name})" for name in PALETTE}
    return f"""/* Made from docs/_ext/diagrams/looks.py. */
.dg{{container-type:inline-size;margin:1.75rem 0;{variables}}}
body[data-theme=light] .dg{{color-scheme:light}}
body[data-theme=dark] .dg{{color-scheme:dark}}
.dg svg{{display:block;max-width:100%;height:auto;margin-inline:auto;overflow:visible}}
.dg .dg-narrow{{display:none;width:100%;max-width:26rem}}
figure.dg figcaption{{margin:.75rem 0 0;color:var(--dg-soft);text-align:start}}
.dg figcaption p{{margin:0;max-width:44rem;font-size:.9rem;line-height:1.4rem}}
.dg .dg-toy{{width:100%;max-width:26rem;margin-inline:0}}
.dg-sliders:not([hidden]){{display:grid;gap:.125rem;max-width:26rem;margin:.5rem 0 0}}
.dg-sliders input{{width:100%;min-height:1.75rem;margin:0 0 .25rem;
  accent-color:var(--dg-changed)}}
.dg-sliders label{{font-size:.9rem}}
.dg .dg-reading{{min-height:3.2em;max-width:44rem;margin:.5rem 0 0}}
@container(max-width:679px){{.dg .dg-wide{{display:none}}.dg .dg-narrow{{display:block}}}}
@media print{{.dg-sliders{{display:none!important}}
.dg{{color-scheme:light!important;container-type:normal;
  break-inside:avoid!important;break-after:auto!important}}}}
@media(forced-colors:active){{.dg svg{{forced-color-adjust:none;background:var(--dg-ground)}}}}
{rules(paint, ".dg")}
"""


def standalone_style() -> str:
    """The same looks with the colours on white, for a file of its own."""
    paint = {name: light for name, (light, _) in PALETTE.items()}
    return (
        rules(paint, "svg")
        + '\nsvg text{font-family:"DejaVu Sans",Verdana,Arial,sans-serif}'
    )


def tikz(name: str, scale: float) -> str:
    """The options of TikZ for a class."""
    look = LOOKS[name]
    parts = [f"fill=dg{_tex(look.fill)}"] if look.fill else []
    if look.stroke:
        parts += [
            f"draw=dg{_tex(look.stroke)}",
            f"line width={look.width * scale:.2f}pt",
        ]
    if look.dash:
        on, off = look.dash
        parts.append(
            f"dash pattern=on {on * scale:.1f}pt off {off * scale:.1f}pt"
        )
    return ",".join(parts)


def tikz_colours() -> str:
    """Definitions of the colours on white."""
    return "".join(
        f"\\definecolor{{dg{_tex(name)}}}{{HTML}}{{{light[1:].upper()}}}"
        for name, (light, _) in PALETTE.items()
    )


def _tex(name: str) -> str:
    return name.replace("-", "")
