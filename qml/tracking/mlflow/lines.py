"""Read whole lines from a pipe within a time limit."""

import os
import select

_BLOCK = 65536


class Lines:
    """Lines of a pipe.

    Args:
        descriptor: Where to read from.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = b""

    def next(self, seconds: float | None) -> bytes | None:
        """Return the next line with its line end.

        Args:
            seconds: How long to wait for more of it, or None to wait for ever.

        Returns:
            The line, `b""` at the end of the pipe, None where the time is over.
        """
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([self._descriptor], [], [], seconds)
            if not ready:
                return None
            block = os.read(self._descriptor, _BLOCK)
            if not block:
                return b""
            self._buffer += block
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line + b"\n"
