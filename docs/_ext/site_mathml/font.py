"""The web font for formulas: a subset of STIX Two Math, made at build time.

Braces, roots and sums grow only with a font that has a MATH table. Apple and Windows systems come
with one, Linux and Android often do not. The font (SIL Open Font License) lies in the ``ziamath``
package; what is made of it is a tenth of its size, and has the same bytes for the same versions of
the packages.
"""

from __future__ import annotations

import hashlib
import io
import logging
from importlib import metadata, util
from pathlib import Path

NEEDS = ("fonttools", "brotli", "ziamath")
"""The packages that the font is made with, by the names that pip knows."""

_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xFF),  # Latin
    (0x131, 0x131),
    (0x237, 0x237),
    (0x2C6, 0x2DC),
    (0x300, 0x30C),
    (0x338, 0x338),  # accents
    (0x391, 0x3A9),
    (0x3B1, 0x3C9),
    (0x3D1, 0x3D1),
    (0x3D5, 0x3D6),
    (0x3F0, 0x3F5),  # Greek
    (0x2010, 0x2064),
    (0x20D7, 0x20D7),
    (0x2100, 0x214F),  # spaces, primes, letter-like
    (0x2190, 0x21DB),
    (0x27F5, 0x27FF),  # arrows
    (0x2200, 0x22FF),
    (0x2A00, 0x2A06),
    (0x2A7D, 0x2A7E),
    (0x2AAF, 0x2AB0),  # operators
    (0x2308, 0x230B),
    (0x23B4, 0x23B5),
    (0x23DC, 0x23DF),
    (0x27E8, 0x27E9),  # what grows
    (0x25A0, 0x25CB),  # squares, circles
    (0x1D400, 0x1D4CF),
    (0x1D504, 0x1D56B),  # bold, italic, script, Fraktur, blackboard
    (0x1D6A4, 0x1D6A5),
    (0x1D6A8, 0x1D755),
    (0x1D7CE, 0x1D7D7),  # Greek in bold and italic, bold digits
)
_NAMES = (0, 1, 2, 5, 13, 14)
"""What the font says of itself: copyright, family, style, version, licence and its address."""


def missing() -> tuple[str, ...]:
    """Name the packages that are not installed; with none of them missing, :func:`subset` works."""
    modules = dict(zip(NEEDS, ("fontTools", "brotli", "ziamath"), strict=True))
    return tuple(
        name
        for name, module in modules.items()
        if util.find_spec(module) is None
    )


def digest() -> str:
    """Identify the bytes that :func:`subset` gives with the packages installed, without making
    them.
    """
    versions = [f"{name}={metadata.version(name)}" for name in NEEDS]
    return hashlib.sha256(
        repr((versions, _RANGES, _NAMES)).encode()
    ).hexdigest()[:12]


def subset() -> bytes:
    """Make the font: a WOFF2 file of less than 100 KB."""
    from fontTools import subset as tool  # noqa: PLC0415 -- optional, and slow to load
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- as above

    options = tool.Options()
    options.hinting = False
    options.name_IDs = list(_NAMES)
    options.drop_tables = [*options.drop_tables, "DSIG", "GPOS", "GSUB"]
    # Else it logs every table.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    font = TTFont(_source(), recalcTimestamp=False)
    subsetter = tool.Subsetter(options)
    subsetter.populate(
        unicodes=[
            code for first, last in _RANGES for code in range(first, last + 1)
        ]
    )
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _source() -> Path:
    """Find the whole font in the package, without running any of the package's code."""
    spec = util.find_spec("ziamath")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("ziamath is not installed")
    return Path(spec.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
