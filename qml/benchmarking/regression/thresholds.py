"""`--fail-on`: from which loss on a benchmark fails."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from qml.errors import UsageError

DEFAULT = "5%"


def thresholds(text: str) -> dict[str, float]:
    """Read `5%`, or `5%,accuracy=2%,two-qubit gates=0%`.

    Args:
        text: Shares of the baseline's value; without a name for all measures that have none.

    Returns:
        Shares by title of the measure, "" for all others.

    Raises:
        UsageError: A part is no percentage from 0 to 1000.
    """
    found = {"": _share(DEFAULT, text)}
    for part in text.split(","):
        name, _, share = part.rpartition("=")
        found[name.strip()] = _share(share, text)
    return found


def check_names(limits: Mapping[str, float], titles: Sequence[str]) -> None:
    """Refuse thresholds of measures that do not exist.

    Args:
        limits: What `thresholds` returned.
        titles: What the measures are called.

    Raises:
        UsageError: A name is none of them.
    """
    for name in limits:
        if name and name not in titles:
            close = get_close_matches(name, titles, n=1)
            meant = f"did you mean `{close[0]}`? " if close else ""
            raise UsageError(
                f"--fail-on names `{name}`, which is not compared",
                hint=f"{meant}compared are: {', '.join(dict.fromkeys(titles))}",
            )


def _share(share: str, text: str) -> float:
    try:
        value = float(share.strip().removesuffix("%")) / 100
    except ValueError:
        value = -1.0
    if not share.strip().endswith("%") or not 0 <= value <= 10:  # noqa: PLR2004 - 1000 %
        raise UsageError(
            f"`{text}` does not say from which loss on to fail",
            hint="--fail-on 5%, or 5%,accuracy=2%,two-qubit gates=0%",
        )
    return value
