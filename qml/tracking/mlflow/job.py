"""What the training tells the process that talks to MLflow, one line of JSON through its input.

The address may hold a password, so it travels neither by argument nor by file.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

FINISH = b"finish\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Runs to mirror.

    Attributes:
        uri: Absolute address of MLflow.
        database: File of a SQLite database, or None.
        artifacts: Folder of artifacts where no server decides, or None.
        experiment: Name of the experiment.
        loader: Loader module of the model, or None.
        runs: Folders of the runs.
        live: Whether the run goes on: follow its metrics until told to finish.
    """

    uri: str
    database: str | None
    artifacts: str | None
    experiment: str
    loader: str | None
    runs: list[str]
    live: bool

    def line(self) -> bytes:
        """Return the job as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one run.

    Attributes:
        run: Its folder.
        reason: None where all was sent, else why not.
    """

    run: str
    reason: str | None

    def line(self) -> bytes:
        """Return the answer as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"


def read_job(line: bytes) -> Job:
    """Read what `Job.line` wrote."""
    return Job(**json.loads(line))


def read_answer(line: bytes) -> Answer:
    """Read what `Answer.line` wrote."""
    values: dict[str, Any] = json.loads(line)
    return Answer(**values)
