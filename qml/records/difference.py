"""Why two runs differ: causes first, in the order in which they decide a result."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qml.errors import RunError
from qml.records.code import SourceFile, layout
from qml.records.folder import RunFolder
from qml.records.manifest import Manifest
from qml.results.timing import TIMING

CAUSES = ("config", "code", "data", "packages", "seeds", "backend", "environment")
RESULTS = "results"
# Where runs lie and how they are mirrored never changes a number.
_WITHOUT_EFFECT = ("project.", "tracking.", "checkpoint.")
_LONGEST_DIFF = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing in which two runs differ.

    Attributes:
        cause: `config`, `code`, `data`, `packages`, `seeds`, `backend`, `environment` or `results`.
        path: What differs, e.g. `train.epochs`, `model.py`, `numpy`.
        left: Value in the first run, None where it has none.
        right: Value in the second run, None where it has none.
        matters: False where it cannot have changed the outcome.
        diff: Unified diff of a source file, or None.
    """

    cause: str
    path: str
    left: Any
    right: Any
    matters: bool = True
    diff: str | None = None


def why_different(left: Manifest, right: Manifest) -> list[Difference]:
    """Compare two manifests.

    Returns:
        The differences, first cause first (config, code, data, packages, seeds, backend,
        environment), then the results. Empty where the runs agree in all of it.
    """
    pairs = ((cause, _part(left, cause), _part(right, cause)) for cause in (*CAUSES, RESULTS))
    return [found for cause, a, b in pairs for found in _compare(cause, a, b)]


def with_sources(
    differences: list[Difference], left: RunFolder, right: RunFolder, *, root: Path
) -> list[Difference]:
    """Replace the difference of the code by one for each source file, with its diff.

    Where the sources of a run cannot be laid out any more, the differences stay as they are.

    Args:
        differences: Of the manifests of the two runs.
        left: First run.
        right: Second run.
        root: Folder of the project, whose repository holds the commits.
    """
    if not any(d.cause == "code" and d.path == "digest" for d in differences):
        return differences
    try:
        files = [layout(run.path, run.manifest(), root) for run in (left, right)]
    except RunError:
        return differences
    found = list(_source_differences(files[0], files[1]))
    first = next(i for i, d in enumerate(differences) if d.cause == "code")
    rest = [d for d in differences[first:] if not (d.cause == "code" and d.path == "digest")]
    return [*differences[:first], *found, *rest]


def _part(manifest: Manifest, cause: str) -> dict[str, Any]:
    match cause:
        case "code":
            code = manifest["code"]
            return {key: code.get(key) for key in ("digest", "commit", "dirty")} if code else {}
        case "seeds":
            return {"root": manifest["seeds"].get("root"), **manifest["seeds"].get("derived", {})}
        case "backend":
            return {"backend": manifest["backend"], "circuits": manifest["circuits"]}
        case "results":
            return {
                "status": manifest["status"],
                "metrics": manifest["metrics"],
                "baselines": {b["name"]: b.get("metrics") for b in manifest["baselines"]},
            }
        case _:
            return dict(manifest[cause])  # type: ignore[literal-required]


def _compare(cause: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[Difference]:
    a, b = _flat(left), _flat(right)
    for path in dict.fromkeys([*a, *b]):
        if cause == RESULTS and path.rpartition(".")[2] in TIMING:
            continue
        if path not in a or path not in b or a[path] != b[path]:
            yield Difference(
                cause=cause,
                path=path,
                left=a.get(path),
                right=b.get(path),
                matters=_matters(cause, path, left, right),
            )


def _matters(cause: str, path: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    if cause == "config":
        return not path.startswith(_WITHOUT_EFFECT)
    if cause == "code" and path != "digest":  # another commit with the same sources
        return left.get("digest") != right.get("digest")
    return True


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


def _source_differences(
    left: Mapping[str, SourceFile], right: Mapping[str, SourceFile]
) -> Iterator[Difference]:
    for path in sorted({*left, *right}):
        a, b = left.get(path), right.get(path)
        if a != b:
            yield Difference(
                cause="code", path=path, left=_size(a), right=_size(b), diff=_diff(path, a, b)
            )


def _size(file: SourceFile | None) -> str | None:
    return None if file is None else f"{len(file.data)} bytes"


def _diff(path: str, left: SourceFile | None, right: SourceFile | None) -> str | None:
    try:
        a, b = (file.data.decode().splitlines() if file else [] for file in (left, right))
    except UnicodeDecodeError:
        return None
    lines = list(difflib.unified_diff(a, b, f"a/{path}", f"b/{path}", lineterm=""))
    more = len(lines) - _LONGEST_DIFF
    return "\n".join([*lines[:_LONGEST_DIFF], *([f"... {more} more lines"] if more > 0 else [])])
