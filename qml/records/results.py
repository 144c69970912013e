"""Raw results that were paid for, by the digest of all that decided them.

A file is `<folder>/<first two characters>/<digest>.json` and names itself `qml.result/1`:

    {"schema", "digest", "counts": [{"wires", "tally"}], "usage", "facts", "moment", "checksum"}

The checksum is the SHA-256 of everything else, so that a damaged file is never taken for a result.
The store belongs to a project, not to a run: whatever run comes first pays. Where the same was
bought once more, as another sample, it lies beside the first: `<digest>.<hash of its key>.json`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from qml.backends.base import Results
from qml.errors import RunError
from qml.files import digest_json, write_json
from qml.ports import Clock, Progress, SystemClock
from qml.records.secrets import Scrubber
from qml.results.counts import Counts
from qml.results.usage import Usage

SCHEMA = "qml.result/1"
_NAME = re.compile(r"qml\.result/(\d+)")
_VERSION = 1
_SHORT = 16
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ResultFiles:
    """A `ResultStore` of files.

    Args:
        folder: Where they are; made when the first result is kept.
        progress: Who is told of a damaged file.
        clock: Dates what is kept.
        scrubber: Keeps credentials out.
    """

    def __init__(
        self,
        folder: Path,
        progress: Progress,
        *,
        clock: Clock | None = None,
        scrubber: Scrubber | None = None,
    ) -> None:
        self._folder = folder
        self._progress = progress
        self._clock = clock or SystemClock()
        self._scrubber = scrubber or Scrubber()

    def get(self, digest: str, *, where: Mapping[str, str] | None = None) -> Results | None:
        """Return stored results, the first that were bought of those that fit, or None.

        Args:
            digest: `digests.content` of the work and its backend.
            where: Facts that they must have been put with, e.g. `{"run_id": ...}`.

        Raises:
            RunError: The file cannot be read, or was written by a newer qml.
        """
        for path in self._paths(digest):
            kept = self._kept(path, digest)
            wanted = (where or {}).items()
            if kept is not None and all(kept.facts.get(name) == value for name, value in wanted):
                return kept.results
        return None

    def put(self, digest: str, results: Results, facts: Mapping[str, Any]) -> None:
        """Keep results, durably; only what was there of the same purchase is replaced.

        Args:
            digest: `digests.content` of the work and its backend.
            results: Counts, one per circuit.
            facts: Where they come from: provider, device, job, key, run, name.

        Raises:
            RunError: There are no counts, or the file cannot be written.
        """
        if results.counts is None:
            raise RunError(f"only counts are stored, and result {digest[:12]} has none")
        moment = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="milliseconds")
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "digest": digest,
            "counts": [{"wires": c.wires, "tally": dict(c.tally)} for c in results.counts],
            "usage": asdict(results.usage),
            "facts": self._scrubber.document(facts),
            "moment": moment,
        }
        path = self._place(digest, document["facts"].get("key"))
        try:
            write_json(path, {**document, "checksum": digest_json(document)})
        except OSError as error:
            raise _unwritable(path, error) from error

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise RunError(f"`{digest}` is no digest of a result (64 hexadecimal digits)")
        return self._folder / digest[:2] / f"{digest}.json"

    def _paths(self, digest: str) -> list[Path]:
        """Return the files of a digest, that of the first purchase first."""
        first = self._path(digest)
        return [first, *sorted(first.parent.glob(f"{digest}.{'[0-9a-f]' * _SHORT}.json"))]

    def _place(self, digest: str, key: Any) -> Path:
        """Return where a purchase is kept: nothing that was paid for is written over."""
        first = self._path(digest)
        there = self._kept(first, digest) if first.exists() else None
        if there is None or there.facts.get("key") == key:
            return first
        return first.with_name(f"{digest}.{digest_json(key)[:_SHORT]}.json")

    def _kept(self, path: Path, digest: str) -> "_Kept | None":
        """Read a file; a damaged one is told of, and counts as none."""
        try:
            text = _read(path)
            return None if text is None else _kept(_checked(text, digest, path))
        except (ValueError, KeyError, TypeError) as error:
            self._set_aside(path, error)
            return None

    def _set_aside(self, path: Path, why: Exception) -> None:
        """Rename a damaged file to the first free name beside it, and tell."""
        number = 1
        while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
            number += 1
        try:
            path.rename(aside)
        except OSError as error:
            raise _unwritable(path, error) from error
        self._progress.say(
            f"stored result {path.name} is damaged ({why}); it is not used, and kept as {aside}"
        )


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunError(
            f"stored result {path} cannot be read: {error.strerror or error}",
            hint="make it readable; without it, it would be bought again",
        ) from error


def _checked(text: str, digest: str, path: Path) -> dict[str, Any]:
    """Parse a stored result.

    Raises:
        ValueError: It is damaged.
        RunError: It is whole, and of a newer qml.
    """
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("it is not an object")  # noqa: TRY004 - damage, not a type error
    rest = {name: value for name, value in document.items() if name != "checksum"}
    if document["checksum"] != digest_json(rest):
        raise ValueError("its checksum does not match")
    if document["digest"] != digest:
        raise ValueError("it holds another result")
    named = _NAME.fullmatch(document["schema"])
    if named is None:
        raise ValueError(f"its schema is {document['schema']!r}")
    if int(named[1]) > _VERSION:
        raise RunError(
            f"stored result {path} was written by a newer qml (`{document['schema']}`, this one"
            f" reads `{SCHEMA}`)",
            hint="update qml-workbench; the result is paid for, and would be bought again",
        )
    return document


class _Kept(NamedTuple):
    """A stored result, and where it comes from."""

    results: Results
    facts: Mapping[str, Any]


def _kept(document: Mapping[str, Any]) -> _Kept:
    counts = tuple(Counts(row["wires"], row["tally"]) for row in document["counts"])
    results = Results(counts=counts, usage=Usage(**document["usage"]))
    return _Kept(results, dict(document["facts"]))


def _unwritable(path: Path, error: OSError) -> RunError:
    return RunError(
        f"results cannot be kept in {path.parent}: {error.strerror or error}",
        hint="make room or set the permissions, then resume: the job is paid for and is read again",
    )
