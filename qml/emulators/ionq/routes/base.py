"""What a route is."""

import re
from collections.abc import Callable
from typing import NamedTuple

from qml.emulators.ionq.answers import Answer
from qml.emulators.ionq.calls import Call
from qml.emulators.ionq.service import Service

Handler = Callable[[Service, Call], Answer]


class Route(NamedTuple):
    """One method on one pattern of paths.

    Attributes:
        method: HTTP method.
        pattern: Path, with groups for its parts.
        handler: What answers.
        key: Whether an API key is needed.
    """

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    key: bool = True


def route(method: str, path: str, handler: Handler, *, key: bool = True) -> Route:
    """Make a route; `*` in the path stands for one part."""
    return Route(method, re.compile(path.replace(".", r"\.").replace("*", "([^/]+)")), handler, key)
