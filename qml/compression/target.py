"""What `[compress] target` asks for: bits per weight, bytes of the file, a share of zeros."""

import re
from dataclasses import dataclass

from qml.errors import ConfigError

_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_WHOLE, _WIDEST = 100, 32
_HINT = "4.0bpw, 50MB or 30%; several with commas: 50%,4.0bpw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked for; None where nothing is.

    Attributes:
        bpw: Most bits per weight.
        bytes: Most bytes of the file.
        share: Share that was given in percent, 0 to 1: of zeros where weights are pruned, else of
            the file that the uncompressed model would be.
    """

    bpw: float | None = None
    bytes: int | None = None
    share: float | None = None

    def words(self) -> str:
        """Return it in words that are read back as the same."""
        said = [f"{100 * self.share:g}%"] if self.share is not None else []
        said += [f"{self.bpw:g}bpw"] if self.bpw is not None else []
        said += [_size(self.bytes)] if self.bytes is not None else []
        return ",".join(said)


def _size(count: int) -> str:
    unit = next((u for u in ("GB", "MB", "KB") if count >= _UNITS[u]), "KB")
    return f"{count / _UNITS[unit]:.12g}{unit}"


def read_target(text: str) -> Target:
    """Read targets.

    Raises:
        ConfigError: One is malformed, out of range or given twice.
    """
    found: dict[str, float | int] = {}
    for word in filter(None, (part.strip() for part in text.split(","))):
        key, value = _one(word)
        if key in found or {key, *found} >= {"bpw", "bytes"}:
            what = "share" if key == "share" else "size"
            raise ConfigError(f"compress.target: `{text}` gives a {what} twice", hint=_HINT)
        found[key] = value
    if not found:
        raise ConfigError("compress.target is empty", hint=_HINT)
    return Target(**found)  # type: ignore[arg-type] # keys and types are those of `_one`


def _one(word: str) -> tuple[str, float | int]:
    matched = re.fullmatch(r"(\d*\.?\d+)\s*(bpw|%|[kmg]i?b)", word, flags=re.IGNORECASE)
    if matched is None:
        raise ConfigError(f"compress.target: `{word}` is no target", hint=_HINT)
    number, unit = float(matched[1]), matched[2].upper()
    if unit == "%":
        if not 0 < number < _WHOLE:
            raise ConfigError(f"compress.target: `{word}` is not between 0% and 100%", hint=_HINT)
        return "share", number / 100
    if unit == "BPW":
        if not 0 < number <= _WIDEST:
            raise ConfigError(f"compress.target: `{word}` is not between 0 and 32 bits", hint=_HINT)
        return "bpw", number
    size = int(number * _UNITS[unit])
    if size < 1:
        raise ConfigError(f"compress.target: `{word}` is less than a byte", hint=_HINT)
    return "bytes", size
