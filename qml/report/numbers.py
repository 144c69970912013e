"""Numbers as people read them, the same in the terminal, in Jupyter and in the HTML report."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeGuard

from qml.units import duration

MISSING = "\N{EM DASH}"
MINUS = "\N{MINUS SIGN}"
SIGNIFICANCE = 0.05
_P_FLOOR = 0.001


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share of 1 as a percentage: `94.7 %`."""
    return f"{100 * share:.{digits}f} %" if _known(share) else MISSING


def interval(bounds: Sequence[float] | None, digits: int = 1) -> str:
    """Write an interval of shares in percent: `92.1 to 96.5`."""
    if not bounds or not all(_known(bound) for bound in bounds):
        return MISSING
    low, high = bounds
    return f"{100 * low:.{digits}f} to {100 * high:.{digits}f}"


def count(number: float | None) -> str:
    """Write a whole number with thousands separators: `60,000`."""
    return f"{round(number):,}" if _known(number) else MISSING


def decimal(number: float | None, digits: int = 4) -> str:
    """Write a number with so many significant digits and no exponent where it reads well."""
    if not _known(number):
        return MISSING
    return f"{number:.{digits}g}".replace("-", MINUS)


def seconds(value: float | None) -> str:
    """Write a length of time: `12 ms`, `2.4 s`, `3 min 20 s`."""
    if not _known(value):
        return MISSING
    if value < 0.0995:  # noqa: PLR2004 - what rounds to less than a tenth of a second
        return f"{1000 * value:.0f} ms" if value >= 0.001 else "< 1 ms"  # noqa: PLR2004 - one ms
    return duration(value)


def points(difference: float) -> str:
    """Write a difference of shares in percentage points, with its sign: `+1.7 points`."""
    value = f"{abs(100 * difference):.1f}"
    sign = "" if value == "0.0" else "+" if difference > 0 else MINUS
    return f"{sign}{value} points"


def p_value(value: float) -> str:
    """Write a p-value: `p = 0.031`, `p < 0.001`."""
    return "p < 0.001" if value < _P_FLOOR else f"p = {value:.2g}"


def size(octets: float | None) -> str:
    """Write an amount of memory in binary units: `1.5 GiB`."""
    if not _known(octets):
        return MISSING
    for unit in ("B", "KiB", "MiB", "GiB"):
        if octets < 1024:  # noqa: PLR2004 - the step between binary units
            return f"{octets:.0f} {unit}" if unit == "B" else f"{octets:.1f} {unit}"
        octets /= 1024
    return f"{octets:.1f} TiB"


def moment(stamp: str | float | None) -> str:
    """Write a time stamp (ISO 8601, or seconds since the epoch) as `2026-11-21 10:12 UTC`."""
    if stamp is None:
        return MISSING
    if isinstance(stamp, int | float):
        return f"{datetime.fromtimestamp(stamp, UTC):%Y-%m-%d %H:%M} UTC"
    parsed = datetime.fromisoformat(stamp)
    zone = f" {parsed.tzname()}" if parsed.tzinfo else ""
    return f"{parsed:%Y-%m-%d %H:%M}{zone}"


def _known(number: float | None) -> TypeGuard[float]:
    return number is not None and math.isfinite(number)
