"""How much memory is free."""

import os


def free_memory() -> int | None:
    """Return the bytes that can be had without swapping, or None where the system does not tell."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):  # not a Linux, or no such name
        return None
