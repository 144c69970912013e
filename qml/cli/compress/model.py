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
        str | None,
        typer.Argument(
            help="gguf:smollm2, gguf:PATH, hf:DIR_OR_ID, torch:FILE.py:FUNCTION or run:RUN."
        ),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            "-m",
            help="bits, round, prune, distill; several with commas, in their order.",
        ),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", "-t", help="4.0bpw, 50MB or 30%; both: 50%,4.0bpw.")
    ] = None,
    calibrate: Annotated[
        list[Path] | None,
        typer.Option("--calibrate", help="Text that decisions are made on. Repeatable."),
    ] = None,
    evaluate: Annotated[
        list[Path] | None,
        typer.Option("--evaluate", help="Held-out text, for the table alone. Repeatable."),
    ] = None,
    solver: Annotated[
        str | None,
        typer.Option(
            "--solver",
            help="Of bits: ilp, greedy, annealing, tabu, exact, qaoa; without bits, of round or"
            " prune.",
        ),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget", parser=seconds, metavar="TIME", help="Longest time of each search: 10s, 2m."
        ),
    ] = None,
    export: Annotated[
        str | None, typer.Option("--export", help="File to write: gguf, safetensors, onnx or none.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where it is copied to; it is in the run, too."),
    ] = None,
    parallel: Annotated[
        int | None, typer.Option("--parallel", help="Processes that measure sensitivities.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
    set_: Set = None,
    name: Name = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Compress a model, and judge it on held-out data beside what practitioners use.

    Without options it does what [compress] in qml.toml says. Try it offline: `qml init NAME
    --template llm-compress`.
    """
    from qml.cli.compress.flow import carry_through
    from qml.cli.flags import settings

    given = {
        "model": model,
        "methods": [word.strip() for word in method.split(",")] if method else None,
        "target": target,
        "calibrate": [str(path.resolve()) for path in calibrate] if calibrate else None,
        "evaluate": [str(path.resolve()) for path in evaluate] if evaluate else None,
        "seconds": budget,
        "export": export,
        "output": str(output.resolve()) if output else None,
        "parallel": parallel,
        "seed": seed,
    }
    terminal = Terminal(json=json, quiet=quiet, no_input=no_input)
    carry_through(settings("compress.", given), set_, terminal, name=name, solver=solver)
