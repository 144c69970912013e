"""Keep credentials out of everything that is written to a run folder."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from qml import credentials

REMOVED = "(removed)"
# `scheme://user:password@`; the user may be empty, as in redis://:password@host.
_USER_INFO = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*://)[^\s/@'\"<>]*@")
_SECRET_PARAMETER = re.compile(
    r"(?P<name>[?&](?:[\w.\-]*(?:password|passwd|token|secret|signature|api_?key)|sig|key)=)[^&\s'\"<>#]+",
    re.IGNORECASE,
)
_SECRET_NAME = re.compile(
    r"(?:^|_)(?:api_?key|access_?key(?:_id)?|token|secret|password|passwd|credentials?|pat)(?:_|$)",
    re.IGNORECASE,
)
_PLACE_NAME = re.compile(r"_(?:file|path|dir|url|sock)$", re.IGNORECASE)
_SHORTEST_SECRET = 8


class Scrubber:
    """Removes credentials from text and documents.

    Three kinds are known: user and password in an address, secret query parameters of an address,
    and the values of environment variables whose names say that they are secret, and of credentials
    that were found elsewhere (a vendor's error message may repeat the key that was sent).

    Args:
        environ: Environment variables; those of the process by default.
    """

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        found = os.environ if environ is None else environ
        values = {value for name, value in found.items() if _is_secret(name, value)}
        # Longest first, so that a secret which contains another one vanishes whole.
        self._values = sorted(values, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return the text without credentials."""
        return _without(self._secrets(), text)

    def document(self, value: Any) -> Any:
        """Return a JSON value whose strings hold no credentials; keys called secret lose theirs."""
        return _clean(self._secrets(), value)

    def _secrets(self) -> list[str]:
        return [*self._values, *_told_apart(credentials.known())]

    def source(self, data: bytes) -> bytes:
        """Return a source file without credentials; what is not UTF-8 text stays as it is."""
        try:
            return self.text(data.decode()).encode()
        except UnicodeDecodeError:
            return data


def _clean(secrets: list[str], value: Any) -> Any:
    if isinstance(value, str):
        return _without(secrets, value)
    if isinstance(value, Mapping):
        return {
            str(key): REMOVED
            if isinstance(item, str) and _called_secret(str(key))
            else _clean(secrets, item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_clean(secrets, item) for item in value]
    return value


def _without(secrets: list[str], text: str) -> str:
    for value in secrets:
        text = text.replace(value, REMOVED)
    if "://" in text:
        text = _USER_INFO.sub(r"\g<scheme>", text)
    return _SECRET_PARAMETER.sub(rf"\g<name>{REMOVED}", text) if "=" in text else text


@lru_cache(maxsize=4_096)
def _called_secret(key: str) -> bool:
    """Whether a key is called secret; documents repeat their keys."""
    return _SECRET_NAME.search(key) is not None


def without_credentials(uri: str) -> str:
    """Return an address without user and password, and without query and fragment.

    Args:
        uri: E.g. `https://user:password@host:5000/path?token=x`.
    """
    parts = urlsplit(_USER_INFO.sub(r"\g<scheme>", uri))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def _told_apart(found: Iterable[str]) -> list[str]:
    """Return credentials that no other text is taken for, longest first.

    An emulator takes any key: `ionq` or `test` as one would take these words out of the records.
    """
    return sorted((v for v in found if len(v) >= _SHORTEST_SECRET), key=len, reverse=True)


def _is_secret(name: str, value: str) -> bool:
    return (
        len(value) >= _SHORTEST_SECRET
        and _SECRET_NAME.search(name) is not None
        and _PLACE_NAME.search(name) is None
    )
