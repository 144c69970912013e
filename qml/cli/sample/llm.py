"""`qml sample llm`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qml.cli.options import Json, NoInput, Quiet, Set
from qml.cli.sample.options import Backend, Name
from qml.report.terminal import Terminal


class Select(StrEnum):
    """What is chosen."""

    DIVERSE = "diverse"
    BEST = "best"
    MAJORITY = "majority"


def llm(
    prompt: Annotated[
        str | None,
        typer.Argument(help="The prompt; - or none: standard input, a text or JSONL."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="gguf:PATH, hf:DIR_OR_ID or openai:MODEL@URL."),
    ] = None,
    n: Annotated[int | None, typer.Option("-n", help="Answers to each prompt.")] = None,
    k: Annotated[int | None, typer.Option("-k", help="Answers that are chosen of them.")] = None,
    system: Annotated[str | None, typer.Option("--system", "-s", help="System prompt.")] = None,
    select: Annotated[
        Select | None, typer.Option("--select", help="What is chosen; diverse by default.")
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", "-o", metavar="NAME=VALUE", help="E.g. temperature=.7"),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Root seed.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="JSONL of prompts, perhaps with answers.")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad lines out instead of refusing.")
    ] = False,
    quota: Annotated[
        list[str] | None,
        typer.Option("--quota", metavar="ATTR=VALUE:COUNT", help="Group fairness. Repeatable."),
    ] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option("--attribute", metavar="NAME=REGEX", help="Read it from the answers."),
    ] = None,
    extract: Annotated[
        str | None,
        typer.Option("--extract", help="auto, number, fact, text, or a REGEX of the answer."),
    ] = None,
    weight: Annotated[
        float | None, typer.Option("--weight", help="Of quality beside distance; .3 by default.")
    ] = None,
    solver: Annotated[
        str | None, typer.Option("--solver", help="auto, exact, annealing, qaoa, ...")
    ] = None,
    embedder: Annotated[
        str | None, typer.Option("--embedder", help="minilm, hf:FOLDER or hashing.")
    ] = None,
    uncertainty: Annotated[
        bool, typer.Option("--uncertainty", help="Show how sure the model is.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show why each answer was chosen.")
    ] = False,
    backend: Backend = None,
    set_: Set = None,
    name: Name = None,
    json: Json = False,
    quiet: Quiet = False,
    no_input: NoInput = False,
) -> None:
    """Ask a language model for many answers; choose good ones that differ."""
    from qml.cli.sample.answers import Wishes, carry_through, flag

    flags = ["sample.kind=llm"]
    flags += [flag("model", model)] if model is not None else []
    flags += [flag("n", n)] if n is not None else []
    flags += [flag("k", k)] if k is not None else []
    flags += [flag("system", system)] if system is not None else []
    flags += [flag("select", str(select))] if select is not None else []
    flags += [flag("quotas", quota)] if quota else []
    flags += [flag("extract", extract)] if extract is not None else []
    flags += [flag("weight", weight)] if weight is not None else []
    flags += [flag("solver", solver)] if solver is not None else []
    flags += [flag("embedder", embedder)] if embedder is not None else []
    flags += [flag("skip_bad", True)] if skip_bad else []
    flags += [flag("uncertainty", True)] if uncertainty else []
    flags += [flag("explain", True)] if explain else []
    flags += [f"sample.seed={seed}"] if seed is not None else []
    flags += [f"backend.name={backend}", "backend.route=[]"] if backend else []
    carry_through(
        Wishes(flags=flags, prompt=prompt, file=file, options=option, attributes=attribute),
        set_,
        Terminal(json=json, quiet=quiet, no_input=no_input),
        name=name,
    )
