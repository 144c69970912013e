"""Raw results that were paid for, by the digest of all that decided them.

A file is `<folder>/<first two characters>/<digest>.json` and names itself `qml.result/1`:

    {"schema", "digest", "counts": [{"wires", "tally"}], "usage", "facts", "moment", "checksum"}

The checksum is the SHA-256 of everything else, so that a damaged file is never taken for a result.
The store belongs to a project, not to a run: whatever run comes first pays.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
        """Return stored results, or None.

        Args:
            digest: `digests.content` of the work and its backend.
            where: Facts that they must have been put with, e.g. `{"run_id": ...}`.

        Raises:
            RunError: The file cannot be read, or was written by a newer qml.
        """
        path = self._path(digest)
        try:
            text = _read(path)
            if text is None:
                return None
            document = _checked(text, digest, path)
            facts = document["facts"]
            fits = all(facts.get(name) == value for name, value in (where or {}).items())
            return _results(document) if fits else None
        except (ValueError, KeyError, TypeError) as error:
            self._set_aside(path, error)
            return None

    def put(self, digest: str, results: Results, facts: Mapping[str, Any]) -> None:
        """Keep results, durably; what was there under this digest is replaced.

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
        path = self._path(digest)
        try:
            write_json(path, {**document, "checksum": digest_json(document)})
        except OSError as error:
            raise _unwritable(path, error) from error

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise RunError(f"`{digest}` is no digest of a result (64 hexadecimal digits)")
        return self._folder / digest[:2] / f"{digest}.json"

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


def _results(document: Mapping[str, Any]) -> Results:
    counts = tuple(Counts(row["wires"], row["tally"]) for row in document["counts"])
    return Results(counts=counts, usage=Usage(**document["usage"]))


def _unwritable(path: Path, error: OSError) -> RunError:
    return RunError(
        f"results cannot be kept in {path.parent}: {error.strerror or error}",
        hint="make room or set the permissions, then resume: the job is paid for and is read again",
    )
