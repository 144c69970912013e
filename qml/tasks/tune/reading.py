"""Find studies again, by the runs that worked on them."""

from operator import itemgetter
from pathlib import Path
from typing import Any

from qml.errors import RunError
from qml.records import RunFolder, find, list_runs
from qml.tasks.runs import read_outcome

Document = dict[str, Any]
VERB = "tune"


def find_study(runs: Path, name: str | None) -> tuple[RunFolder, Document]:
    """Find the newest run of a study that has an outcome.

    Args:
        runs: Folder of the runs.
        name: Name of the study, or a run; the newest study where None.

    Raises:
        RunError: There is none.
    """
    found = _outcomes(runs)
    for run, document in found:
        if name is None or document["study"]["name"] == name:
            return run, document
    if name is not None:
        run = find(runs, name)
        outcome = read_outcome(run)
        if outcome is not None and run.manifest()["command"] == VERB:
            return run, outcome
    known = sorted({document["study"]["name"] for _, document in found})
    raise RunError(
        f"no study `{name}` has come to anything yet" if name else "there are no studies yet",
        hint=f"known: {', '.join(known)}" if known else "`qml tune` runs one",
    )


def studies_document(runs: Path) -> Document:
    """Return `qml.studies/1`: a row for each study, newest first."""
    rows: dict[str, Document] = {}
    for run, document in _outcomes(runs):
        study = document["study"]
        best = document["best"]
        rows.setdefault(
            study["name"],
            {
                "study": study["name"],
                "run_id": run.id,
                "metric": study["metric"],
                "sampler": study["sampler"],
                "trials": document["metrics"]["trials"],
                "best": None if best is None else best["value"],
                "storage": study["storage"],
                "stopped": document["stopped"]["reason"],
            },
        )
    return {"schema": "qml.studies/1", "studies": list(rows.values())}


def _outcomes(runs: Path) -> list[tuple[RunFolder, Document]]:
    """Return the runs of studies that have an outcome, the one that was worked on last first."""
    begun = [
        (entry.manifest["sessions"][-1]["start"], RunFolder(entry.path))
        for entry in list_runs(runs)
        if entry.manifest is not None and entry.manifest["command"] == VERB
    ]
    last = sorted(begun, key=itemgetter(0), reverse=True)  # ids tell seconds only
    found = [(run, read_outcome(run)) for _, run in last]
    return [(run, document) for run, document in found if document is not None]
