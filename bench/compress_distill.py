"""What a short distillation recovers on a language model, in KL, perplexity and seconds.

    python bench/compress_distill.py --calibrate C.txt --evaluate E0.txt --evaluate E1.txt

Each case compresses the model, trains what a file stores anyway for a few minutes, and judges start
and end on held-out text with a paired bootstrap. Divergence is in nats per token.
"""

import argparse
import os
import resource
import sys
import time
from pathlib import Path
from typing import Self

from qml.compression.bench import Bench
from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.distill import compress as distill
from qml.compression.formats.sparse import sparse
from qml.compression.judging import Judge, Judgement
from qml.config import validate
from qml.results.bootstrap import resampling
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.carry import set_up_engine
from qml.tasks.compress.benches import open_bench


class _Never:
    requested = False


class _Lines:
    """Progress on standard error, a line now and then."""

    def __init__(self, title: str) -> None:
        self._title, self._done, self._began = title, 0, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def advance(self, steps: int = 1, **facts: str) -> None:
        self._done += steps
        said = ", ".join(f"{key} {value}" for key, value in facts.items())
        seconds = time.monotonic() - self._began
        print(f"  {self._title} {self._done}: {seconds:.0f} s {said}", file=sys.stderr, flush=True)


class _Progress:
    def bar(self, title: str, total: int | None) -> _Lines:
        del total
        return _Lines(title)

    def say(self, message: str) -> None:
        print(message, file=sys.stderr)


def halved(bench: Bench) -> Candidate:
    """Half of the weights of every row gone, by size times the input's norm where that is known."""
    parts = {}
    for unit in bench.subject.units:
        weight = bench.subject.weight(unit).detach().reshape(unit.rows, unit.columns)
        least = weight.abs().kthvalue(unit.columns // 2, dim=1, keepdim=True).values
        parts[unit.name] = sparse(weight, weight.abs() > least)
    return Candidate(parts)


CASES = {
    "3 bit, uniform": ("3bpw", lambda bench: uniform(bench, Candidate({}))),
    "4 bit, uniform": ("4bpw", lambda bench: uniform(bench, Candidate({}))),
    "50 % by magnitude": ("50%", halved),
}


def main() -> int:
    """Run all cases and print the table."""
    options = _options()
    print(f"{'case':<20}{'':<11}{'KL':>9}{'perplexity':>12}{'steps':>7}{'wall':>8}{'cpu':>8}")
    for name in options.case or CASES:
        _case(name, options)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="gguf:smollm2")
    parser.add_argument("--calibrate", action="append", required=True)
    parser.add_argument("--evaluate", action="append", required=True)
    parser.add_argument("--case", action="append", choices=list(CASES))
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--rate", type=float, default=None)
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--checks", type=int, default=10)
    return parser.parse_args()


def _case(name: str, options: argparse.Namespace) -> None:
    target, make = CASES[name]
    table = {"steps": options.steps, "tokens": options.tokens, "checks": options.checks}
    table |= {"validate_tokens": max(32, options.tokens // 8)}
    table |= {"learning_rate": options.rate} if options.rate else {}
    config = validate(
        {
            "compress": {
                "model": options.model,
                "target": target,
                "calibrate": [str(Path(path).resolve()) for path in options.calibrate],
                "evaluate": [str(Path(path).resolve()) for path in options.evaluate],
                "distill": table,
            }
        }
    )
    world = World(environ=os.environ, progress=_Progress(), clock=World.default().clock)
    set_up_engine(config, Path(), world)
    opened = open_bench(config, Path(), world, Seeds(0), _Never())  # type: ignore[arg-type]
    base = make(opened.bench)
    wall, processor = time.monotonic(), time.process_time()
    step = distill(opened.bench, base)
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    judge = Judge(opened.bench.subject, opened.held_out)
    draws = resampling(opened.held_out.clusters.numpy(), seed=0)
    before, after = judge.judge(base), judge.judge(step.candidate())
    _row(name, "before", before, "")
    taken = step.entries[0].evaluations
    _row("", "distilled", after, f"{taken:>7}{wall:>7.0f}s{processor:>7.0f}s")
    for what, ours, theirs in (("KL", after.kl, before.kl), ("NLL", after.nll, before.nll)):
        paired = draws.paired(ours, theirs)
        low, high = paired.difference.low, paired.difference.high
        print(f"{'':<20}{what} difference {paired.difference.mean:+.4f} [{low:+.4f}, {high:+.4f}]")
        if what == "KL" and paired.ratio is not None:
            print(f"{'':<20}KL ratio {paired.ratio.mean:.3f}")
    held_in = step.document["before"], step.document["best"]
    print(
        f"{'':<20}held in {held_in[0]:.4f} to {held_in[1]:.4f}, trained {step.document['trained']}"
    )
    sys.stdout.flush()


def _row(name: str, label: str, found: Judgement, rest: str) -> None:
    print(f"{name:<20}{label:<11}{found.kl.mean():>9.4f}{found.perplexity:>12.2f}{rest}")


if __name__ == "__main__":
    raise SystemExit(main())
