"""`make proof`: the longer evidence, one script after the other.

    python bench/proof.py [--data DIR]

DIR holds the Fashion-MNIST files; without it that script is left out, and said so.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run every script; exit 1 where one misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    found = os.environ.get("QML_TEST_DATA")
    parser.add_argument("--data", default=f"{found}/fashion-mnist" if found else None)
    data = parser.parse_args().data
    scripts = [["startup.py"], ["overhead.py"], ["step.py"], ["crossover.py"], ["kill_storm.py"]]
    scripts += [["planning.py"], ["ledger.py"], ["compile.py"], ["crash_steps.py"]]
    scripts += [["crash_storm.py"], ["submission_storm.py", "1000"]]
    scripts += [["solvers.py"], ["qaoa.py", "--tables"], ["qemcmc.py"], ["generative.py"]]
    scripts += [["selection.py", "--model", "gguf:smollm2"], ["uncertainty.py"]]
    scripts += [["tune.py"], ["tune_overhead.py"]]
    scripts += [["bench_overhead.py"], ["bench_published.py", "--parallel", "2"]]
    scripts += [["judging_false_alarms.py"], ["screen.py"], ["mutants.py"], ["false_alarms.py"]]
    scripts += [["power.py"], ["mitigation.py"]]
    if data:
        scripts.append(["fashion.py", "--data", data])
    else:
        print("left out: fashion.py needs --data DIR")
    missed = []
    for name, *options in scripts:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, HERE / name, *options], check=False).returncode:
            missed.append(name)
    print(f"\nmissed a bar: {', '.join(missed) or 'none'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
