"""What the table of sensitivities costs: a language model's tensors in every width.

    python bench/compress_sensitivity.py --text FILE [--model gguf:smollm2] [--every 15] [--pairs 9]

The first table takes the measurement of single tensors apart: the plain judge, which runs the whole
model, and what replaces it. The second is the whole table in one process and in two (of every n-th
tensor with `--every n`), and again from the cache; with `--pairs` also the interactions of the most
sensitive tensors and the held-out check. Wall and processor time stand beside each other: where the
machine has other work, only the second tells much.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from qml.compression.bench import Bench, no_gradients
from qml.compression.bits.heldout import held_out_check
from qml.compression.bits.pairs import measure_pairs
from qml.compression.bits.sensitivities import measure
from qml.compression.bits.sensitivities.probe import Probe
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge
from qml.compression.subjects import open_subject
from qml.compression.target import read_target
from qml.config.sections.compress import CompressSection
from qml.language.sources.base import Settings
from qml.plugins import load
from qml.ports import Silence, SystemClock
from qml.seeds import Seeds

TEACHER = Candidate({})


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return a result with wall and processor time (s), those of ended children included."""
    wall, used = time.perf_counter(), _used()
    found = work()
    return found, time.perf_counter() - wall, _used() - used


def _used() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


def memory(kind: int) -> float:
    """Return the largest memory so far (MB); of children that of the largest one."""
    return resource.getrusage(kind).ru_maxrss / 1024


def make_bench(arguments: argparse.Namespace, cache: Path) -> Bench:
    """Load the model, cut its text."""
    settings = Settings(root=Path(), environ=os.environ, threads=None)
    subject = open_subject(arguments.model, settings)
    no_gradients(subject.module)
    section = CompressSection.model_validate({"bits": {"pairs": arguments.pairs}})
    exporter = load("exporters", "safetensors")
    return Bench(
        subject=subject,
        calibration=subject.read([arguments.text], what="calibrate", length=448, most=None),
        section=section,
        target=read_target("4bpw"),
        exporter=exporter,
        formats=exporter.formats(section),
        cache=cache,
        seeds=Seeds(0),
        progress=Silence(),
        clock=SystemClock(),
        stop=lambda: False,
    )


def take_apart(bench: Bench) -> None:
    """Print what one tensor in all widths costs, by the judge and as it is done."""
    units, formats = bench.subject.units, bench.formats
    examples = bench.sample(bench.section.bits.tokens)
    judge, probe = Judge(bench.subject, examples), Probe(bench.subject, TEACHER, examples)
    print(f"| tensor | way | wall (s) | processor (s) | |\n|{'---|' * 5}")
    for unit in (units[0], units[len(units) // 2], units[-1]):
        weight = bench.weight(TEACHER, unit)
        made, *spent = timed(lambda w=weight: [form.quantise(w) for form in formats])
        _line(unit.name, "rounding", spent)
        candidates = [Candidate({unit.name: part}) for part in made]
        plain, *spent = timed(lambda c=candidates: [judge.judge(x).kl.mean() for x in c])
        _line("", "judge, the whole model", spent)
        changes = [(unit, part.dense()) for part in made]
        with probe.at_base():
            probe.entering(unit.stage)
            probe.alone(unit.stage, changes)  # positions of this shape are recorded once
            _, *spent = timed(lambda u=unit, c=changes: [probe.alone(u.stage, [x]) for x in c])
            _line("", "from its stage on, head in blocks", spent)
            found, *spent = timed(lambda u=unit, c=changes: probe.alone(u.stage, c))
        worst = max(abs(a - b) / a for a, b in zip(found, plain, strict=True))
        apart = max(abs(a - b) for a, b in zip(found, plain, strict=True))
        _line("", "all widths together", spent, f"judge differs {worst:.0e}, {apart:.0e} nats")


def _line(name: str, way: str, spent: Sequence[float], note: str = "") -> None:
    print(f"| {name} | {way} | {spent[0]:.2f} | {spent[1]:.2f} | {note} |", flush=True)


def whole(bench: Bench, pairs: int) -> None:
    """Print what the table costs in one process and in two, and from the cache."""
    units = len(bench.subject.units)
    print(f"\n{units} tensors, {len(bench.formats)} widths, {torch.get_num_threads()} threads")
    print(f"| | wall (s) | processor (s) | |\n|{'---|' * 4}")
    for processes in (2, 1):
        section = bench.section.model_copy(update={"parallel": processes})
        with tempfile.TemporaryDirectory() as folder:
            here = replace(bench, section=section, cache=Path(folder))
            report(here, f"{processes} process(es)", pairs if processes > 1 else 0)


def report(bench: Bench, title: str, pairs: int) -> None:
    """Print the lines of one way."""
    table, *spent = timed(lambda: measure(bench, TEACHER))
    own, most = memory(resource.RUSAGE_SELF), memory(resource.RUSAGE_CHILDREN)
    print(f"| {title} | {spent[0]:.1f} | {spent[1]:.1f} | {own:.0f} MB, a child {most:.0f} MB |")
    _, *spent = timed(lambda: measure(bench, TEACHER))
    print(f"| the same from the cache | {spent[0]:.2f} | {spent[1]:.2f} | |", flush=True)
    if not pairs:
        return
    found, *spent = timed(lambda: measure_pairs(bench, TEACHER, table, pairs))
    print(f"| {pairs * (pairs - 1) // 2} pairs | {spent[0]:.1f} | {spent[1]:.1f} | |", flush=True)
    budget = bench.exporter.budget(bench.subject, 4.0)
    check, *spent = timed(lambda: held_out_check(bench, TEACHER, table, found, budget))
    print(f"| held-out check | {spent[0]:.1f} | {spent[1]:.1f} | {check.words} |", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="gguf:smollm2")
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="measure every n-th tensor only")
    parser.add_argument("--pairs", type=int, default=0, help="tensors whose pairs are measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = make_bench(arguments, Path(folder))
        take_apart(bench)
        bench.subject.units = bench.subject.units[:: arguments.every]  # type: ignore[misc] # fewer
        whole(bench, arguments.pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
