"""The C functions in the shared library of xllamacpp, found at run time.

Their names are llama.cpp's public interface, but no promise of xllamacpp: each is looked up, and
what is missing is told. Settings are structs whose layout changes between versions; they are taken
from the library's own defaults in a buffer larger than any of them, and only the first numbers of
a context's settings are written, and read back through the library's own functions.
"""

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import Any

from qml.errors import MissingExtraError, PlanError

_ERROR = 4
"""Level of a message in ggml's log: 2 information, 3 warning, 4 error."""

_messages: deque[str] = deque(maxlen=8)


class Settings(ctypes.Structure):
    """Room for a struct of settings that is passed by value as the last argument.

    What lies behind the struct's own end is never read.
    """

    _fields_ = (("raw", ctypes.c_uint8 * 2048),)


@cache
def library() -> ctypes.CDLL:
    """Return the shared library.

    Raises:
        MissingExtraError: xllamacpp is not installed.
    """
    try:
        from xllamacpp import xllamacpp
    except ImportError as error:
        raise MissingExtraError("xllamacpp", extra="llm") from error
    return ctypes.CDLL(xllamacpp.__file__)


def engine() -> str:
    """Return name and version of the engine."""
    return f"llama.cpp of xllamacpp {version('xllamacpp')}"


def has(*names: str) -> bool:
    """Whether the library has functions of these names."""
    return all(hasattr(library(), name) for name in names)


def function(name: str, result: Any, arguments: Sequence[Any]) -> Any:
    """Return a C function.

    Args:
        name: Its symbol.
        result: ctypes type of what it returns, or None.
        arguments: ctypes types of its arguments.

    Raises:
        PlanError: The library has no such function.
    """
    if not has(name):
        raise PlanError(
            f"the shared library of {engine()} has no function {name}",
            hint="qml was written against xllamacpp 2026.10: pip install 'xllamacpp>=2026.10'",
        )
    # a new object for each use: types set on the shared one would be everybody's
    found = ctypes.CFUNCTYPE(result, *arguments)
    return found((name, library()))


def _keep(level: int, text: bytes | None, user: object) -> None:
    del user
    if level == _ERROR and text:  # 5 continues a line of any level
        _messages.append(text.decode(errors="replace").strip())


_SINK = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
_sink = _SINK(_keep)
"""Lives as long as the module: the library may call it at any time."""


@contextmanager
def listening() -> Iterator[None]:
    """Keep the library's log off the terminal for a while; errors are kept for `complaint`.

    What listened before is put back: a log that outlives Python would call into nothing.
    """
    _messages.clear()
    before, user = ctypes.c_void_p(), ctypes.c_void_p()
    place = ctypes.POINTER(ctypes.c_void_p)
    get = function("llama_log_get", None, (place, place))
    get(ctypes.byref(before), ctypes.byref(user))
    function("llama_log_set", None, (_SINK, ctypes.c_void_p))(_sink, None)
    try:
        yield
    finally:
        function("llama_log_set", None, (ctypes.c_void_p, ctypes.c_void_p))(before, user)


def complaint() -> str:
    """Return what the library said went wrong, first of all errors."""
    return _messages[0] if _messages else "it does not say why"
