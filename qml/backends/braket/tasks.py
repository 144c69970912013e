"""Quantum tasks as AWS tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from braket.ir.openqasm import Program, ProgramSet

from qml.backends.braket.account import TAG
from qml.backends.remote import Listed, Phase, Progress
from qml.errors import ProviderError

_PHASES = {
    "CREATED": Phase.QUEUED,
    "QUEUED": Phase.QUEUED,
    "RUNNING": Phase.RUNNING,
    "CANCELLING": Phase.RUNNING,
    "COMPLETED": Phase.DONE,
    "FAILED": Phase.FAILED,
    "CANCELLED": Phase.CANCELLED,
}


def request(arn: str, sources: Sequence[str], shots: int, key: str) -> dict[str, Any]:
    """Write a request to create a task.

    Args:
        arn: The device.
        sources: Programs in OpenQASM; more than one are a program set.
        shots: Shots of each.
        key: The intent's key.
    """
    programs = [Program(source=source) for source in sources]
    action = programs[0] if len(programs) == 1 else ProgramSet(programs=programs)
    return {
        "deviceArn": arn,
        "action": action.json(),
        "shots": shots * len(programs),
        "outputS3KeyPrefix": "tasks",
        "tags": {TAG: key},
    }


def progress(task: Mapping[str, Any]) -> Progress:
    """Read where a task stands; AWS writes a position as text, such as `3` or `>2000`.

    A program set that completed without all of its shots has failed for us: there are no counts
    for some of its circuits.
    """
    lost = _lost_shots(task)
    if lost:
        said = f"{lost} of {task['shots']} shots failed; AWS bills the others"
        return Progress(phase=Phase.FAILED, detail=said)
    position = str(task.get("queueInfo", {}).get("position", "")).lstrip(">")
    return Progress(
        phase=phase(task),
        position=int(position) if position.isdecimal() else None,
        detail=task.get("failureReason"),
    )


def _lost_shots(task: Mapping[str, Any]) -> int:
    if task["status"] != "COMPLETED" or "executableCount" not in task.get("actionMetadata", {}):
        return 0
    return int(task["shots"] - task.get("numSuccessfulShots", task["shots"]))


def phase(task: Mapping[str, Any]) -> Phase:
    """Read a status.

    Raises:
        ProviderError: It is one that did not exist when this was written.
    """
    try:
        return _PHASES[task["status"]]
    except KeyError:
        said = f"task {task['quantumTaskArn']} has the unknown status {task['status']}"
        raise ProviderError(said) from None


def listed(row: Mapping[str, Any]) -> Listed:
    """Read a row of SearchQuantumTasks."""
    return Listed(
        id=row["quantumTaskArn"],
        key=row.get("tags", {}).get(TAG),
        phase=phase(row),
        submitted=row["createdAt"].timestamp(),
    )


def equal(name: str, value: str) -> list[dict[str, Any]]:
    """Write the filter of a search."""
    return [{"name": name, "operator": "EQUAL", "values": [value]}]
