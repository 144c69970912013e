"""`qml compress [MODEL]`."""

from pathlib import Path
from typing import Annotated

import typer

from qml.cli.durations import seconds
from qml.cli.options import Json, NoInput, Quiet, Set
from qml.cli.sample.options import Name
from qml.report.terminal import Terminal


def model(
    model: Annotated[
        str | None, typer.Argument(help="gguf:PATH, gguf:smollm2, hf:DIR_OR_ID, run:RUN, ...")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("--method", "-m", help="bits, round, prune, distill; several with commas."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", "-t", help="4.0bpw, 50MB or 30%; 50%,4.0bpw.")
    ] = None,
    calibrate: Annotated[
        list[Path] | None, typer.Option("--calibrate", help="Text to decide on. Repeatable.")
    ] = None,
    evaluate: Annotated[
        list[Path] | None, typer.Option("--evaluate", help="Held-out text. Repeatable.")
    ] = None,
    solver: Annotated[
        str | None, typer.Option("--solver", help="ilp, greedy, annealing, tabu, qaoa, ...")
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option("--budget", parser=seconds, metavar="TIME", help="Of each search: 10s, 2m."),
    ] = None,
    export: Annotated[
        str | None, typer.Option("--export", help="gguf, safetensors, onnx or none.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to.")] = None,
    parallel: Annotated[
        int | None, typer.Option("--parallel", help="Processes that measure.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
    set_: Set = None,
    name: Name = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Compress a model; judge it on held-out data beside what practitioners use."""
    from qml.cli.compress.flow import carry_through
    from qml.cli.flags import settings

    given = {
        "model": model,
        "methods": [word.strip() for word in method.split(",")] if method else None,
        "target": target,
        "calibrate": [str(path.resolve()) for path in calibrate] if calibrate else None,
        "evaluate": [str(path.resolve()) for path in evaluate] if evaluate else None,
        "solver": solver,
        "seconds": budget,
        "export": export,
        "output": output,
        "parallel": parallel,
        "seed": seed,
    }
    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    carry_through(settings("compress.", given), set_, terminal, name=name)
