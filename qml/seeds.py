"""Derived seeds by name: one root seed, and a stream of its own for each use.

A consumer asks for a seed by what it is for (`"init"`, `"split"`, `"batches/3"`), so adding a
consumer never
shifts the numbers that another one draws.
"""

import hashlib


def derive(root: int, name: str) -> int:
    """Derive a seed from a root seed and a name.

    Args:
        root: Root seed of the run, 0 to 2**63 - 1.
        name: What the seed is for; slashes part levels by convention.

    Returns:
        An integer in [0, 2**31), accepted by NumPy, JAX and every SDK used here.
    """
    digest = hashlib.sha256(f"{root}/{name}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


class Seeds:
    """Hands out derived seeds and remembers which were asked for, for the manifest.

    Args:
        root: Root seed of the run.
    """

    def __init__(self, root: int) -> None:
        self.root = root
        self._issued: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        """Return the seed of this name; the same name gives the same seed."""
        return self._issued.setdefault(name, derive(self.root, name))

    @property
    def issued(self) -> dict[str, int]:
        """Seeds handed out so far, by name, sorted."""
        return dict(sorted(self._issued.items()))
