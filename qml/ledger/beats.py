"""Signs of life of runs, the latest of each."""

import json
import os
import socket
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from qml.ledger.tables import BEATS
from qml.ledger.upsert import upsert
from qml.ledger.values import Beat


def beat(
    connection: Connection, project: int, run_id: str, facts: Mapping[str, Any], moment: float
) -> None:
    """Write a sign of life of this process in the place of the run's last one."""
    row = {
        "project": project,
        "run_id": run_id,
        "at": moment,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "facts": json.dumps(dict(facts), allow_nan=False),
    }
    upsert(connection, BEATS, [row])


def beats(connection: Connection, project: int) -> list[Beat]:
    """Return the latest of every run, by run id."""
    query = select(BEATS).where(BEATS.c.project == project).order_by(BEATS.c.run_id)
    return [
        Beat(
            run_id=row.run_id,
            moment=row.at,
            pid=row.pid,
            host=row.host,
            facts=json.loads(row.facts),
        )
        for row in connection.execute(query)
    ]
