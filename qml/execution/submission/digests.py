"""Names of what is bought: a digest of its content, and a key for one purchase of it."""

from typing import Any
from uuid import UUID, uuid5

from qml.backends.remote import RemoteBackend
from qml.circuits import Work
from qml.files import digest_json


def content(backend: RemoteBackend, work: Work) -> str:
    """Digest everything that decides the results: the work and the backend's identity.

    The seed of the sampling is part of the work, so that another seed is another purchase.
    """
    return digest_json([dict(backend.identity()), work.digest])


def parts(backend: RemoteBackend, work: Work) -> dict[str, Any]:
    """Return what `content` is made of, piece by piece, to tell later which piece differed."""
    return {
        "backend": dict(backend.identity()),
        "circuits": digest_json([c.digest for c in work.circuits]),
        "shots": work.shots,
        "seed": work.seed,
    }


def key(run: UUID, name: str, digest: str, generation: int) -> str:
    """Return the key of one purchase: the same work of the same run has the same key."""
    return str(uuid5(run, f"{name}/{digest}/{generation}"))
