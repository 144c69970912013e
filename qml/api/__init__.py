"""qml from Python: all that a command does is one call away.

import qml
outcome = qml.train({"data": {"name": "digits", "features": 8}})
run = qml.Run.open(outcome.run_id)
run.predict(features)
qml.replay(run)
"""

from qml.api.commands import Outcome, compress, plan, sample, train, tune, verify
from qml.api.facts import list_backends, load_config
from qml.api.runs import Replay, Run, list_runs, replay
from qml.api.solving import solve

__all__ = [
    "Outcome",
    "Replay",
    "Run",
    "compress",
    "list_backends",
    "list_runs",
    "load_config",
    "plan",
    "replay",
    "sample",
    "solve",
    "train",
    "tune",
    "verify",
]
