"""Run pipeline.sh against an emulator of IonQ's API: no account, no cost.

    python rehearse.py

It runs in a copy of this project, so that the ledger here holds real money only. Words behind the
name are commands to run instead: `python rehearse.py qml plan`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qml.emulators.ionq import serve

ROOT = Path(__file__).resolve().parent
PIPELINE = ["sh", "pipeline.sh"]
# What a bad day looks like. The first two jobs are accepted and billed, but no answer comes; the
# third is refused. A client that sends again buys twice.
FAULTS = ["502-after-accept@1", "drop-after-accept@2", "429@3"]


def main() -> int:
    command = sys.argv[1:] or PIPELINE
    with tempfile.TemporaryDirectory() as place, serve(seed=1, faults=FAULTS) as emulator:
        copy = Path(place) / ROOT.name
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "runs", "__pycache__"))
        access = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "emulated"}
        done = subprocess.run(command, cwd=copy, env=os.environ | access, check=False)
        seen = emulator.summary()
    print(f"at the emulator: {seen['jobs']} jobs, {seen['billed']} {seen['currency']}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
