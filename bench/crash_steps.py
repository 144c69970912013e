"""Crash at every step: kill a paid training before and after each of its steps, resume, compare.

    python bench/crash_steps.py [--every 1] [--faults]

For each step of `crash_at.py` and both sides: a new project, a killed training, `qml runs resume`.
Then jobs at the emulator must equal the journal's intents, none twice, none lost, the bill within
the cap, and the end equal to that of an undisturbed run to the last bit.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from paid_world import CAP, Emulator, Place, emulate, judge, record

CRASH_AT = str(Path(__file__).with_name("crash_at.py"))
TRAIN = ("train", "--max-cost", CAP, "--json")


def main() -> int:
    """Kill at every step; exit 1 where one end is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="Only each so-many-th step.")
    parser.add_argument("--start", type=int, default=1)
    options = parser.parse_args()
    emulator = emulate()
    wrong = 0
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            steps, reference = count(folder / "reference", emulator)
            cases = [
                (n, side)
                for n in range(options.start, steps + 1, options.every)
                for side in ("before", "after")
            ]
            print(f"{steps} steps, {len(cases)} kills")
            for n, side in cases:
                faults = crash(folder / f"{n}-{side}", emulator, n, side, reference)
                wrong += bool(faults)
                if faults:
                    print(f"{side} step {n}: {'; '.join(faults)}", flush=True)
    finally:
        emulator.stop()
    minutes = (time.monotonic() - started) / 60
    print(f"{len(cases)} kills, {wrong} wrong ends, {minutes:.1f} min")
    return int(wrong > 0)


def count(root: Path, emulator: Emulator) -> tuple[int, tuple]:
    """Train undisturbed; return how many steps it took, and how it ended."""
    place = Place.make(root, emulator)
    place.environ["CRASH_COUNT"] = str(root / "steps")
    process = place.start(sys.executable, CRASH_AT, "0", "before", "--", *TRAIN)
    _, err = process.communicate(timeout=300)
    if process.returncode:
        raise SystemExit(err.decode())
    (run,) = place.runs()
    return int((root / "steps").read_text()), record(place.qml("runs", "resume", run))


def crash(root: Path, emulator: Emulator, n: int, side: str, reference: tuple) -> list[str]:
    """Kill one training at one step and resume it; say what is wrong."""
    place = Place.make(root, emulator)
    process = place.start(sys.executable, CRASH_AT, str(n), side, "--", *TRAIN)
    process.communicate(timeout=300)
    if process.returncode != -9:
        return [f"was not killed: exit {process.returncode}"]
    (run,) = place.runs()
    return judge(place, place.qml("runs", "resume", run), reference)


if __name__ == "__main__":
    sys.exit(main())
