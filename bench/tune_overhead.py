"""What a study costs beside its trials: choosing, run folders, records, the journal.

    python bench/tune_overhead.py [--trials 100]

Trials are the command `echo`, so that nearly all of a study's processor time is its own; that of
the commands themselves is a child's and not counted. `random` draws numbers only, so its row is
the bookkeeping; the other rows add what their samplers take. The script fails where the bookkeeping
takes more than 50 ms of processor time a trial. Wall time is that of the whole study, commands and
waiting for the disk included.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from qml.config import load
from qml.ports import Silence, SystemClock
from qml.session import World
from qml.tasks import tune

MOST = 50.0
SAMPLERS = ("random", "tpe", "linear", "qubo", "auto")
TOML = """
[tracking]
name = "none"
[tune]
command = "echo {a} {b} {c} {d} {e}"
metric_from = '([0-9.e-]+) [0-9] [0-9] [a-z]+ [a-z]+'
[tune.space]
a = { low = 0.001, high = 1.0, log = true }
b = { low = 1, high = 8 }
c = { low = 1, high = 8 }
d = ["true", "false"]
e = ["ring", "brickwork", "separable"]
"""


def study(sampler: str, trials: int) -> tuple[float, float]:
    """Run a study; return milliseconds a trial: processor time of its own, and wall time."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "qml.toml").write_text(TOML)
        pairs = [f"tune.sampler={sampler}", f"tune.trials={trials}"]
        loaded = load(root, environ={}, pairs=pairs)
        world = World(environ=dict(os.environ), progress=Silence(), clock=SystemClock())
        run = tune.begin(loaded, name=None, world=world)
        processor, wall = time.process_time(), time.monotonic()
        outcome = tune.run(run, loaded.config, root, world)
        assert outcome.metrics["complete"] == trials, outcome.trials
        spent = time.process_time() - processor, time.monotonic() - wall
    return 1000 * spent[0] / trials, 1000 * spent[1] / trials


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    trials = parser.parse_args().trials
    study("random", 2)  # imports
    study("auto", 12)
    print(f"{trials} trials, milliseconds a trial")
    print(f"{'sampler':10} {'processor':>10} {'wall':>10}")
    found = {}
    for sampler in SAMPLERS:
        found[sampler], wall = study(sampler, trials)
        print(f"{sampler:10} {found[sampler]:10.1f} {wall:10.1f}")
    late = found["random"] > MOST
    print(f"bookkeeping: {found['random']:.1f} ms, at most {MOST:.0f}: {'no' if late else 'yes'}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
