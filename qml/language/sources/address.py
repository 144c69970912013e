"""Where an `openai:` source is: model, base address and key, checked before anything is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from qml import credentials
from qml.errors import UsageError

DEFAULT = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"
BASE = "OPENAI_BASE_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A model on a server.

    Attributes:
        model: Name that the server knows it by.
        base: Base address, without a slash at its end.
        key: Key to send, or None where the server wants none.
        local: Whether it is on this machine, where no proxy is asked.
    """

    model: str
    base: str
    key: str | None = field(repr=False)
    local: bool


def read_address(target: str, environ: Mapping[str, str]) -> Address:
    """Read `MODEL[@BASE_URL]` and find the key in the environment.

    Raises:
        UsageError: The address is malformed, would show the key, or the key is missing.
    """
    model, *rest = re.split(r"@(?=https?://)", target, maxsplit=1)
    base = (rest[0] if rest else environ.get(BASE) or DEFAULT).rstrip("/")
    if not model:
        raise UsageError(f"`openai:{target}` names no model", hint="openai:MODEL[@BASE_URL]")
    parts = _split(base)
    local = _is_loopback(parts)
    key = environ.get(KEY) or None
    if key:
        credentials.find("openai", [KEY], {KEY: key})  # so that the scrubber knows it
    if key is None and base == DEFAULT:
        raise UsageError(f"{base} wants a key", hint=f"export {KEY}=...")
    if key and parts.scheme == "http" and not local:
        raise UsageError(
            f"{base} would be sent the key unencrypted",
            hint=f"use https, or unset {KEY} where the server wants none",
        )
    return Address(model=model, base=base, key=key, local=local)


def _split(base: str) -> SplitResult:
    try:
        parts = urlsplit(base)
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"`{base}` is no address: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"`{base}` is no address", hint="e.g. http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "a base address holds no user, password or query: it is written into records",
            hint=f"put the key into {KEY}",
        )
    return parts


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
