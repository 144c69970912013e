"""Where IonQ's API is, and the key for it."""

from collections.abc import Mapping
from functools import cached_property
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from qml import credentials
from qml.errors import PlanError, UsageError

URL = "https://api.ionq.co/v0.4"
URL_VARIABLE = "IONQ_API_URL"
KEY_VARIABLES = ("IONQ_API_KEY", "QISKIT_IONQ_API_TOKEN", "IONQ_API_TOKEN")
VERSION = "/v0.4"

WHERE = (
    "export IONQ_API_KEY=...; or `keyring set qml ionq`; or a line `ionq = '...'` in"
    " ~/.config/qml/credentials.toml, mode 600"
)


class Access:
    """How IonQ is reached.

    The key is looked for when it is asked for: planning needs none.

    Args:
        environ: Environment variables.

    Raises:
        PlanError: `IONQ_API_URL` is no address that a key may be sent to.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.url = environ.get(URL_VARIABLE, "").rstrip("/") or URL
        self._environ = environ
        _check_url(self.url)

    @property
    def place(self) -> str:
        """Whose API it is: `ionq`, or the host of another one such as an emulator.

        The port is left out: an emulator that was started anew is the same place.
        """
        return "ionq" if self.url == URL else str(urlsplit(self.url).hostname)

    @cached_property
    def key(self) -> str | None:
        """The account's key, or None where there is none.

        Raises:
            UsageError: It cannot be one, or its file is open to others.
        """
        key = credentials.find("ionq", KEY_VARIABLES, self._environ)
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key):
            raise UsageError(
                "the key for IonQ has characters that no key has (a space, a line break?)",
                hint=WHERE,
            )
        return key

    def require(self) -> None:
        """Check that there is a key.

        Raises:
            UsageError: There is none; says the three ways to give one.
        """
        if self.key is None:
            raise UsageError("no key for IonQ was found", hint=WHERE)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise PlanError(
            f"{URL_VARIABLE} is no address of an API", hint=f"it looks like {URL}, without a user"
        )
    if parts.scheme == "http" and not _is_loopback(parts):
        raise PlanError(
            f"{URL_VARIABLE} is not encrypted, and the key would be sent to {parts.hostname}",
            hint="use https; plain http is for this machine alone (127.0.0.1)",
        )
    if parts.path != VERSION:
        raise PlanError(
            f"{URL_VARIABLE} names version `{parts.path.strip('/')}` of the API",
            hint=f"qml speaks v0.4: the address ends in {VERSION}",
        )


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
