"""Mixed GGUF files of a language model: size, quality and speed, measured on the files themselves.

    python bench/compress_gguf.py --calibrate C.txt --evaluate E0.txt --evaluate E1.txt
        [--target 5.0bpw --target 4.6bpw ...] [--formats Q3_K,MXFP4,IQ4_NL,Q5_0,Q8_0]
        [--row error --row ilp --row uniform]

A target counts the whole file. Formats that the source had (Q4_1, for SmolLM2) are left out unless
they are named: storing a tensor as what it was loses nothing, which is an artefact of the source.
Row `error` allots by the relative squared error of the weights, which takes no forward pass; `ilp`
by measured sensitivities (minutes); `uniform` is one format for all. `simulated` is the perplexity
of the dequantised weights in torch, `file` that of llama.cpp running the file. Speeds are medians
of greedy generations by turns, file and torch in float32, with the same threads. The script fails
where a mixed file misses a bar.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from qml.compression.bench import Bench
from qml.compression.bits import compress
from qml.compression.bits.allocation import Problem
from qml.compression.bits.allocation.greedy import greedy
from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.export import gguf as exporter
from qml.compression.export.gguf.opened import OpenedGguf
from qml.compression.judging import Judge
from qml.compression.speed import teacher_speed
from qml.compression.subjects.base import Examples
from qml.compression.target import read_target
from qml.config import validate
from qml.ports import Silence, SystemClock
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.carry import set_up_engine
from qml.tasks.compress.benches import open_bench

QUESTION, ANSWER = "What is the capital of France? Answer in one sentence.", "Paris"
SIZE_BAR, PERPLEXITY_BAR, SPEED_BAR = 0.01, 0.02, 1.5
FORMATS = "Q3_K,IQ4_XS,Q5_K,MXFP4,IQ4_NL,Q5_0,Q8_0"
ROWS = ("error", "ilp", "uniform")
RUNS = 5


class _Never:
    requested = False


class Found(NamedTuple):
    """What a file measured, in the order of the table."""

    target: str
    label: str
    embedding: str
    megabytes: float
    off: float
    kl: float
    file_kl: float
    simulated: float
    file: float
    speed: float
    torch_speed: float
    answer: str
    seconds: float

    @property
    def apart(self) -> float:
        """Relative distance of the file's perplexity from its simulation's."""
        return self.file / self.simulated - 1

    def passes(self) -> bool:
        """Whether the file reaches all bars."""
        return (
            abs(self.off) <= SIZE_BAR
            and abs(self.apart) <= PERPLEXITY_BAR
            and self.speed >= SPEED_BAR * self.torch_speed
            and ANSWER in self.answer
        )


def files(
    bench: Bench, held_out: Examples, judge: Judge, target: str, rows: Sequence[str]
) -> list[Found]:
    """Choose, write and measure the files of one target."""
    section = bench.section.model_copy(update={"target": target})
    bench = replace(bench, section=section, target=read_target(target))
    began = time.monotonic()
    start = exporter.start(bench)
    print(f"# {target}: {dict(start.document)}", file=sys.stderr, flush=True)
    chosen: dict[str, tuple[Candidate, float]] = {}
    if "error" in rows:
        chosen["error"] = by_error(bench, start.candidate), time.monotonic() - began
    if "ilp" in rows:
        entries = compress(bench, start.candidate).entries
        seconds = time.monotonic() - began
        chosen |= {e.label: (e.candidate, seconds) for e in entries if e.candidate is not None}
    elif "uniform" in rows:
        chosen["uniform"] = uniform(bench, start.candidate), time.monotonic() - began
    embedding = start.document["embedding"]
    return [
        measured(bench, held_out, judge, (target, label, embedding), candidate)._replace(seconds=s)
        for label, (candidate, s) in chosen.items()
        if label in rows
    ]


def by_error(bench: Bench, base: Candidate) -> Candidate:
    """Allot formats greedily by the relative squared error of each tensor."""
    units, formats = bench.subject.units, bench.formats
    shape = len(units), len(formats)
    costs, sizes, parts = np.full(shape, np.inf), np.full(shape, np.inf), {}
    for i, unit in enumerate(units):
        weight = bench.weight(base, unit)
        for j, form in enumerate(formats):
            if form.fits(unit.columns):
                parts[i, j] = form.quantise(weight)
                error = (parts[i, j].dense() - weight).square().sum() / weight.square().sum()
                costs[i, j] = float(error) * unit.weights
                sizes[i, j] = exporter.cost(form, unit.rows, unit.columns)
    assert bench.target.bpw is not None
    budget = exporter.budget(bench.subject, bench.target.bpw, base)
    choice = greedy(Problem(costs=costs, sizes=sizes, budget=budget))
    picked = {unit.name: parts[i, int(choice[i])] for i, unit in enumerate(units)}
    return Candidate(picked, base.others)


def measured(
    bench: Bench, held_out: Examples, judge: Judge, words: tuple[str, str, str], chosen: Candidate
) -> Found:
    """Write a file and run it."""
    with tempfile.TemporaryDirectory() as folder:
        path = exporter.write(bench.subject, chosen, Path(folder))
        size, expected = path.stat().st_size, exporter.predict(bench.subject, chosen)
        simulated = judge.judge(chosen)
        opened = exporter.load(path)
        real = judge.judge_logits(opened.logits(held_out))
        answer = opened.answer(QUESTION, tokens=16) or ""
        ours, theirs = speeds(bench, held_out, opened)
        opened.close()
    return Found(
        *words,
        megabytes=size / 1e6,
        off=size / expected - 1,
        kl=float(simulated.kl.mean()),
        file_kl=float(real.kl.mean()),
        simulated=simulated.perplexity,
        file=real.perplexity,
        speed=ours,
        torch_speed=theirs,
        answer=answer,
        seconds=0.0,
    )


def speeds(bench: Bench, held_out: Examples, opened: OpenedGguf) -> tuple[float, float]:
    """Return the median tokens per second of the file and of torch, measured by turns."""
    threads, ours, theirs = torch.get_num_threads(), [], []
    for _ in range(RUNS):
        ours.append(opened.speed(threads=threads))
        theirs.append(teacher_speed(bench.subject, held_out))
    return statistics.median(ours), statistics.median(theirs)


def main() -> int:
    """Print the table; exit 1 where a file misses a bar."""
    options = _options(None)
    bits = {"formats": options.formats.split(","), "tokens": options.tokens, "rivals": ["uniform"]}
    keys = {"model": options.model, "export": "gguf", "bits": bits}
    texts = {"calibrate": options.calibrate, "evaluate": options.evaluate}
    config = validate({"compress": {**keys, **texts}, "backend": {"threads": options.threads}})
    world = World(environ=os.environ, progress=Silence(), clock=SystemClock())
    set_up_engine(config, Path.cwd(), world)
    torch.set_num_threads(options.threads)
    opened = open_bench(config, Path.cwd(), world, Seeds(0), _Never())  # type: ignore[arg-type]
    judge = Judge(opened.bench.subject, opened.held_out)
    print(f"teacher: perplexity {judge.teacher().perplexity:.2f}; {options.threads} threads\n")
    print(
        "| target | choice | embedding | MB | off prediction | KL simulated / file | perplexity"
        " simulated / file | tokens/s file / torch fp32 | answer | s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    passed = True
    for target in options.target or ("5.0bpw", "4.6bpw"):
        for found in files(opened.bench, opened.held_out, judge, target, options.row or ROWS):
            print(_line(found), flush=True)
            passed = passed and (found.label == "uniform" or found.passes())
    return int(not passed)


def _line(found: Found) -> str:
    return (
        f"| {found.target} | {found.label} | {found.embedding} | {found.megabytes:.2f}"
        f" | {100 * found.off:+.3f} % | {found.kl:.4f} / {found.file_kl:.4f}"
        f" | {found.simulated:.2f} / {found.file:.2f} ({found.apart:+.2%})"
        f" | {found.speed:.1f} / {found.torch_speed:.1f} ({found.speed / found.torch_speed:.2f}x)"
        f" | {found.answer} | {found.seconds:.0f} |"
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="gguf:smollm2")
    parser.add_argument("--calibrate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--evaluate", action="append", required=True, help="text, may be repeated")
    parser.add_argument("--target", action="append", help="whole file; may be repeated")
    parser.add_argument("--row", action="append", help="error, ilp or uniform; all without")
    parser.add_argument("--formats", default=FORMATS, help="formats on offer, with commas")
    parser.add_argument("--tokens", type=int, default=96, help="calibration tokens")
    parser.add_argument("--threads", type=int, default=2, help="of torch and of llama.cpp")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
