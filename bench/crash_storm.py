"""Kill a paid training at random instants while the vendor loses replies; resume until it ends.

    python bench/crash_storm.py [--kills 200] [--seed 0]

The emulator answers 502 after it accepted a job, drops connections before and after, throttles.
The same judgement as in `crash_steps.py`.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from paid_world import CAP, QML, Emulator, Place, emulate, judge, record

FAULTS = (
    "502-after-accept:0.15",
    "drop-after-accept:0.15",
    "drop-before-accept:0.1",
    "429:0.1",
    "get-502:0.1",
)


def main() -> int:
    """Run storms until so many kills have happened; exit 1 where one end is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - moments, not secrets
    calm = emulate()
    stormy = emulate(*(part for fault in FAULTS for part in ("--fault", fault)))
    kills = runs = wrong = 0
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            reference = record(Place.make(folder / "reference", calm).train())
            while kills < options.kills:
                done, faults = storm(folder / str(runs), stormy, rng, reference)
                kills, runs, wrong = kills + done, runs + 1, wrong + bool(faults)
                if faults:
                    print(f"run {runs}: {'; '.join(faults)}", flush=True)
        summary = stormy.get("/emulator/summary")
    finally:
        calm.stop()
        stormy.stop()
    minutes = (time.monotonic() - started) / 60
    print(f"{kills} kills in {runs} runs, {wrong} wrong ends, {minutes:.1f} min")
    print(f"emulator: {json.dumps(summary)}")
    return int(wrong > 0)


def storm(
    root: Path, emulator: Emulator, rng: random.Random, reference: tuple
) -> tuple[int, list[str]]:
    """Kill one training at random instants until it ends; return the kills and what is wrong."""
    place = Place.make(root, emulator)
    process = place.start(QML, "train", "--max-cost", CAP, "--json")
    kills = 0
    while True:
        try:
            out, err = process.communicate(timeout=rng.uniform(0.5, 12))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        else:
            if process.returncode == 0:
                return kills, judge(place, json.loads(out), reference)
            if process.returncode not in {4, 5}:  # ask again: resumed, it is sent once more
                return kills, [f"exit {process.returncode}: {err.decode()[-300:]}"]
        runs = place.runs()
        again = (QML, "runs", "resume", *runs, "--json")
        process = place.start(*(again if runs else (QML, "train", "--max-cost", CAP, "--json")))


if __name__ == "__main__":
    sys.exit(main())
