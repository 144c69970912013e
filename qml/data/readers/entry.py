"""`data.entry`: a function of the user's own that returns features and labels."""

import importlib
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.dataset import Dataset, assemble
from qml.data.origin import Origin, quoted, suggestion
from qml.errors import DataError, QmlError
from qml.files import digest_file

SHAPES = "return (features, labels) or (features, labels, split), or a qml.data.Dataset"


def load_entry(entry: str, root: Path) -> Dataset:
    """Call `module:function` without arguments, with the project folder on the import path.

    Args:
        entry: E.g. `"my_data:load"`.
        root: Project folder.

    Returns:
        What the function returned, checked. It may return `(features, labels)` or
        `(features, labels, split)`, arrays or DataFrames, or a `Dataset`.

    Raises:
        DataError: The module or function is missing, fails, or returns something else.
    """
    module_name, _, function_name = entry.partition(":")
    origin = Origin(f"`{entry}`")
    with _import_path(root):
        module = _import(module_name, root, origin)
        value = _call(module, function_name, origin)
    source = {"kind": "entry", "entry": entry, "files": _code(module)}
    if isinstance(value, Dataset):
        return replace(value, source=source)
    return _assemble(value, origin, source)


@contextmanager
def _import_path(root: Path) -> Iterator[None]:
    folder = str(root.resolve())
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)


def _import(name: str, root: Path, origin: Origin) -> ModuleType:
    _forget_other_projects(name, root)
    importlib.invalidate_caches()
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise _failed(origin, "cannot be imported", error) from error
        raise DataError(
            f"there is no module `{name}` for `data.entry`",
            hint=f"`data.entry` names a Python file in the project folder `{root}`",
        ) from error
    except Exception as error:  # the user's module may fail in any way while it is imported
        raise _failed(origin, "cannot be imported", error) from error


def _forget_other_projects(name: str, root: Path) -> None:
    """Drop a module of the same name that came from another project folder."""
    own = root / Path(*name.split(".")).with_suffix(".py")
    loaded = getattr(sys.modules.get(name), "__file__", None)
    if own.is_file() and loaded is not None and Path(loaded).resolve() != own.resolve():
        del sys.modules[name]


def _call(module: ModuleType, name: str, origin: Origin) -> Any:
    function = getattr(module, name, None)
    if not callable(function):
        known = [key for key, value in vars(module).items() if callable(value)]
        raise DataError(
            f"`{module.__name__}` has no function `{name}` (`data.entry`)",
            hint=suggestion(name, known) + f"it has {quoted(known) or 'no functions'}",
        )
    try:
        return function()
    except QmlError:
        raise
    except Exception as error:  # the user's function may fail in any way; say where it did
        raise _failed(origin, "failed", error) from error


def _failed(origin: Origin, what: str, error: Exception) -> DataError:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" (`{Path(last[0].filename).name}`, line {last[0].lineno})" if last else ""
    return DataError(
        f"{origin.title} {what}: {type(error).__name__}: {error}{place}",
        hint="`data.entry` is called without arguments, in the project folder",
    )


def _assemble(value: Any, origin: Origin, source: Mapping[str, Any]) -> Dataset:
    if not isinstance(value, tuple | list) or len(value) not in {2, 3}:
        raise DataError(f"{origin.title} returned {_described(value)}", hint=SHAPES)
    arrays = [_array(part, origin) for part in value]
    return assemble(
        arrays[0],
        arrays[1],
        origin=origin,
        source=source,
        feature_names=_column_names(value[0]),
        split=arrays[2] if len(arrays) > 2 else None,  # noqa: PLR2004 - the third, if given
    )


def _array(value: Any, origin: Origin) -> NDArray[Any]:
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise DataError(f"{origin.title} returned rows of unequal length", hint=SHAPES) from error
    if array.ndim == 0:
        raise DataError(f"{origin.title} returned `{type(value).__name__}` in a part", hint=SHAPES)
    return array


def _column_names(features: Any) -> list[str] | None:
    """Names of a DataFrame's columns; None for an array."""
    columns = getattr(features, "columns", None)
    return None if columns is None else [str(name) for name in columns]


def _described(value: Any) -> str:
    kind = type(value).__name__
    return f"a {kind} of {len(value)}" if isinstance(value, tuple | list) else f"`{kind}`"


def _code(module: ModuleType) -> dict[str, str]:
    path = None if module.__file__ is None else Path(module.__file__)
    return {path.name: digest_file(path)} if path is not None and path.is_file() else {}
