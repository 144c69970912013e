"""Reading from a vendor may be repeated; submitting may not."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from qml.errors import TransientError

ATTEMPTS = 10
TIMEOUT = 300.0
FIRST_WAIT = 0.1
LONGEST_WAIT = 30.0

P = ParamSpec("P")
T = TypeVar("T")


def read(call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call until it answers, with growing and jittered pauses.

    Raises:
        TransientError: It did not answer within 10 attempts or five minutes.
    """
    import stamina

    _quiet()
    answer: T
    for attempt in stamina.retry_context(
        on=TransientError,
        attempts=ATTEMPTS,
        timeout=TIMEOUT,
        wait_initial=FIRST_WAIT,
        wait_max=LONGEST_WAIT,
    ):
        with attempt:
            answer = call(*args, **kwargs)
    return answer


def _quiet() -> None:
    """Where nobody set up logging, Python would print stamina's records on the terminal."""
    logger = logging.getLogger("stamina")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
