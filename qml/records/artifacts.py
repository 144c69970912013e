"""What a run made: digests and sizes of its files."""

from pathlib import Path
from typing import Any

from qml.files import digest_file

# Files beside the artifacts folder that belong to the result.
_BESIDE = ("metrics.jsonl", "costs.csv", "outcome.json")


def describe_artifacts(run: Path) -> dict[str, dict[str, Any]]:
    """Describe every file of `artifacts/`, and the metrics, costs and outcome.

    Returns:
        `sha256` and `bytes` by path relative to the run folder, sorted.
    """
    files = [path for path in (run / "artifacts").rglob("*") if path.is_file()]
    files += [run / name for name in _BESIDE if (run / name).is_file()]
    return {
        path.relative_to(run).as_posix(): {
            "sha256": digest_file(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(files)
    }
