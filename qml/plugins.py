"""Plug-in families through entry points. Built-ins use the same door as third parties.

A group is named `qml.<family>.v1`. A name is loaded only when it is asked for, so one vendor's
broken or heavy
package never costs the others anything.
"""

import importlib
import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from qml.errors import PluginError, QmlError


def group(family: str) -> str:
    """Return the entry-point group of a family, e.g. `qml.models.v1` for `models`."""
    return f"qml.{family}.v1"


def names(family: str) -> list[str]:
    """List the registered names of a family, sorted, without importing any of them."""
    return sorted({point.name for point in _points(family, tuple(sys.path))})


@cache
def _points(family: str, path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Return a family's entry points; all installed packages are looked through once per path."""
    del path  # a key: what is installed depends on it
    return tuple(entry_points(group=group(family)))


def check(family: str, name: str) -> None:
    """Check that a name is registered, without importing it.

    Raises:
        PluginError: No plug-in has that name.
    """
    if name not in names(family):
        raise PluginError(
            f"unknown {family[:-1]} `{name}`", hint=f"known: {', '.join(names(family)) or 'none'}"
        )


def load(family: str, name: str) -> Any:
    """Import one plug-in.

    Args:
        family: E.g. `"backends"`.
        name: Registered name, e.g. `"lightning"`.

    Returns:
        The object the entry point names.

    Raises:
        PluginError: No plug-in has that name, or importing it failed.
    """
    check(family, name)
    found = [point for point in _points(family, tuple(sys.path)) if point.name == name]
    return _import(found[0], family)


def _import(point: EntryPoint, family: str) -> Any:
    try:
        return point.load()
    except QmlError:
        raise
    except Exception as error:  # a plug-in's import may fail in any way; name it and go on
        owner = point.dist.name if point.dist else "an unknown distribution"
        raise PluginError(
            f"the {family[:-1]} `{point.name}` does not load: {type(error).__name__}: {error}",
            hint=f"it comes with `{owner}`; reinstall it or `pip uninstall {owner}`",
        ) from error


def load_entry(entry: str, root: Path) -> Any:
    """Import `module:attribute` of the user's own project.

    Args:
        entry: E.g. `model:circuit`, a module beside qml.toml or any importable one.
        root: Folder of the project; its modules win over installed ones of the same name.

    Raises:
        PluginError: The module or the attribute does not exist, or importing failed.
    """
    module_name, _, attribute = entry.partition(":")
    module = _import_module(module_name, root, entry)
    if not hasattr(module, attribute):
        known = [n for n in vars(module) if not n.startswith("_")]
        raise PluginError(
            f"`{entry}`: module `{module_name}` has no `{attribute}`",
            hint=f"it has: {', '.join(known[:12]) or 'nothing public'}",
        )
    return getattr(module, attribute)


def _import_module(name: str, root: Path, entry: str) -> Any:
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            raise PluginError(
                f"`{entry}`: no module `{name}` in {root}", hint=f"write {root / name}.py"
            ) from error
        raise PluginError(f"`{entry}`: module `{name}` needs `{error.name}`") from error
    except Exception as error:  # the user's module may fail in any way; say which one and how
        raise PluginError(
            f"`{entry}`: importing `{name}` failed: {type(error).__name__}: {error}"
        ) from error
