"""Opens backends by name, and lists them without importing an SDK."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qml import plugins
from qml.backends.base import Backend, Capabilities, Settings
from qml.backends.plugin import Plugin
from qml.config.sections import BackendSection
from qml.errors import QmlError

FAMILY = "backends"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendFacts:
    """One row of `qml backends`.

    Attributes:
        name: Registered name.
        installed: Whether all its packages are there.
        versions: Installed version by distribution, None where it is missing.
        missing: What to do where it cannot be opened, or None.
        capabilities: With the settings of `[backend]`, or None where only opening it would tell.
    """

    name: str
    installed: bool
    versions: dict[str, str | None]
    missing: str | None
    capabilities: Capabilities | None


def open_backend(
    section: BackendSection,
    cache: Path | str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Backend:
    """Open the backend that `[backend]` names.

    Args:
        section: `[backend]`; its `name` is a registered name (`auto` is planning's business).
        cache: Folder for compiled programs, or None where nothing may be written.
        environ: Environment variables, where a vendor's credentials may be; none where None.

    Raises:
        PluginError: No backend has that name, or it does not load.
        MissingExtraError: A package that it needs is not installed.
        PlanError: The settings ask for what it cannot do.
    """
    name, device = resolve(section.name)
    opener = plugins.load(FAMILY, name)
    backend: Backend = opener(
        Settings(
            section=section,
            cache=str(cache) if cache else None,
            device=device,
            environ=environ or {},
        )
    )
    return backend


def resolve(name: str) -> tuple[str, str | None]:
    """Part a backend's name into the registered name and the device.

    `ionq.forte-1` is device `forte-1` of `ionq`; `default.qubit` is registered as it is.
    """
    if name in plugins.names(FAMILY):
        return name, None
    registered, dot, device = name.partition(".")
    return (registered, device) if dot and device else (name, None)


def capabilities_of(section: BackendSection) -> Capabilities:
    """Tell what the named backend can do with these settings, without its SDK where it can.

    Raises:
        PluginError: No backend has that name, or it does not load.
    """
    opener = plugins.load(FAMILY, resolve(section.name)[0])
    if isinstance(opener, Plugin):
        return opener.capabilities(section)
    backend = open_backend(section)
    try:
        return backend.capabilities
    finally:
        backend.close()


def list_backends(section: BackendSection | None = None) -> list[BackendFacts]:
    """List all registered backends by name; a broken one is a row, not an error.

    Args:
        section: Settings that capabilities depend on (shots, noise); defaults where None.
    """
    return [_facts(name, section or BackendSection()) for name in plugins.names(FAMILY)]


def _facts(name: str, section: BackendSection) -> BackendFacts:
    try:
        opener = plugins.load(FAMILY, name)
    except QmlError as error:
        return BackendFacts(
            name=name, installed=False, versions={}, missing=error.message, capabilities=None
        )
    if not isinstance(opener, Plugin):
        return BackendFacts(name=name, installed=True, versions={}, missing=None, capabilities=None)
    return BackendFacts(
        name=name,
        installed=all(p.version for p in opener.packages),
        versions=opener.versions(),
        missing=_missing(opener),
        capabilities=opener.capabilities(section),
    )


def _missing(plugin: Plugin) -> str | None:
    for package in plugin.packages:
        try:
            package.require()
        except QmlError as error:
            return f"{error.message}: {error.hint}"
    return None
