"""Credentials of vendors: found in the environment, the keyring or a private file, never written.

A credential that was found is remembered for this process alone, so that whatever is written can
be searched for it (`known`): a vendor's error message may repeat the key that was sent.
"""

import stat
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from qml.errors import UsageError

SERVICE = "qml"
FILE = "credentials.toml"
_PRIVATE = stat.S_IRWXG | stat.S_IRWXO
_known: set[str] = set()


def known() -> frozenset[str]:
    """Return every credential that this process has found so far, for the scrubber."""
    return frozenset(_known)


def find(provider: str, names: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """Find the key of a provider: environment, then keyring, then the private file.

    Args:
        provider: E.g. `ionq`; the user name in the keyring and the key in the file.
        names: Environment variables that may hold it, first one first.
        environ: Environment variables.

    Returns:
        The key, or None where there is none.

    Raises:
        UsageError: The file is open to others, cannot be read, or is no TOML of texts.
    """
    from_environ = next((environ[name] for name in names if environ.get(name)), None)
    found = from_environ or _from_keyring(provider) or _from_file(provider, environ)
    if found:
        _known.add(found)
    return found


def store(provider: str, key: str) -> None:
    """Put a key into the system's keyring.

    Raises:
        UsageError: The system has no keyring.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, provider, key)
    except KeyringError as error:
        raise UsageError(
            f"the key cannot be stored: {error}",
            hint=f'write it to ~/.config/qml/{FILE} as `{provider} = "..."`, mode 600',
        ) from error
    _known.add(key)


def file_of(environ: Mapping[str, str]) -> Path | None:
    """Return where the private file lies, whether it exists or not; None without a home."""
    if folder := environ.get("XDG_CONFIG_HOME"):
        return Path(folder) / "qml" / FILE
    if home := environ.get("HOME"):
        return Path(home) / ".config" / "qml" / FILE
    return None


def _from_keyring(provider: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, provider)
    except KeyringError:  # no keyring on this system, or it is locked: the file is asked next
        return None


def _from_file(provider: str, environ: Mapping[str, str]) -> str | None:
    path = file_of(environ)
    if path is None or not path.is_file():
        return None
    if path.stat().st_mode & _PRIVATE:
        raise UsageError(
            f"{path} can be read by others, so it is not used", hint=f"chmod 600 {path}"
        )
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get(provider)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if found is not None and not isinstance(found, str):
        raise UsageError(
            f"`{provider}` in {path} is no text", hint=f'write it as {provider} = "..."'
        )
    return found
