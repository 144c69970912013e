"""The command line is an interface: commands and options change on purpose only."""

import inspect
from typing import get_type_hints

import typer

from qml.cli.app import build

OPTIONS = {
    "ci report": ["--json", "--output"],
    "ci init": ["--backend", "--cap", "--force", "--json", "--provider"],
    "init": ["--defaults", "--json", "--no-input", "--set", "--template"],
    "train": [
        "--backend",
        "--baseline",
        "--data",
        "--dry-run",
        "--fresh",
        "--json",
        "--max-cost",
        "--name",
        "--no-baseline",
        "--no-input",
        "--on-unknown",
        "--quiet",
        "--set",
        "--yes",
    ],
    "sample": [
        "--backend",
        "--dry-run",
        "--fresh",
        "--json",
        "--max-cost",
        "--name",
        "--no-input",
        "--on-unknown",
        "--quiet",
        "--set",
        "--yes",
    ],
    "sample ising": [
        "--backend",
        "--budget",
        "--chains",
        "--dry-run",
        "--evaluations",
        "--fresh",
        "--json",
        "--max-cost",
        "--method",
        "--name",
        "--no-input",
        "--number",
        "--on-unknown",
        "--output",
        "--quiet",
        "--seed",
        "--set",
        "--temperature",
        "--yes",
    ],
    "sample llm": [
        "--attribute",
        "--backend",
        "--embedder",
        "--explain",
        "--extract",
        "--file",
        "--json",
        "--model",
        "--name",
        "--no-input",
        "--option",
        "--quiet",
        "--quota",
        "--seed",
        "--select",
        "--set",
        "--skip-bad",
        "--solver",
        "--system",
        "--uncertainty",
        "--weight",
    ],
    "sample model": [
        "--backend",
        "--dry-run",
        "--fresh",
        "--json",
        "--max-cost",
        "--name",
        "--no-input",
        "--number",
        "--on-unknown",
        "--output",
        "--quiet",
        "--seed",
        "--set",
        "--yes",
    ],
    "sample qubo": [
        "--backend",
        "--budget",
        "--dry-run",
        "--evaluations",
        "--fresh",
        "--instance",
        "--json",
        "--max-cost",
        "--name",
        "--no-input",
        "--on-unknown",
        "--output",
        "--quiet",
        "--seed",
        "--set",
        "--solver",
        "--yes",
    ],
    "tune": [
        "--budget",
        "--command",
        "--compare",
        "--direction",
        "--dry-run",
        "--json",
        "--max-cost",
        "--metric",
        "--metric-from",
        "--name",
        "--no-input",
        "--no-refit",
        "--parallel",
        "--pruner",
        "--quiet",
        "--refit",
        "--repeats",
        "--sampler",
        "--seed",
        "--set",
        "--study",
        "--timeout",
        "--trials",
        "--yes",
    ],
    "tune report": ["--json", "--output"],
    "tune list": ["--json"],
    "compress model": [
        "--budget",
        "--calibrate",
        "--evaluate",
        "--export",
        "--json",
        "--method",
        "--name",
        "--no-input",
        "--output",
        "--parallel",
        "--quiet",
        "--seed",
        "--set",
        "--solver",
        "--target",
    ],
    "compress verify": ["--evaluate", "--json", "--model", "--no-input", "--quiet", "--set"],
    "bench": [
        "--against",
        "--allow-missing",
        "--backends",
        "--bencher",
        "--data",
        "--dry-run",
        "--fail-on",
        "--fresh",
        "--json",
        "--markdown",
        "--max-cost",
        "--models",
        "--name",
        "--no-input",
        "--parallel",
        "--quiet",
        "--resume",
        "--seeds",
        "--set",
        "--suite",
        "--yes",
    ],
    "bench against": ["--allow-missing", "--bencher", "--fail-on", "--json", "--markdown"],
    "bench screen": [
        "--feature-map",
        "--features",
        "--json",
        "--name",
        "--no-input",
        "--output",
        "--quiet",
        "--repeats",
        "--rows",
        "--seed",
        "--set",
    ],
    "test": [
        "--backends",
        "--checks",
        "--dry-run",
        "--json",
        "--junit",
        "--name",
        "--no-input",
        "--no-own",
        "--noise",
        "--own",
        "--quiet",
        "--set",
        "--shots",
        "--strict",
    ],
    "plan": ["--backend", "--data", "--json", "--set"],
    "replay": ["--fresh", "--json", "--max-cost", "--quiet", "--yes"],
    "report": ["--json", "--open", "--output"],
    "predict": [
        "--backend",
        "--dry-run",
        "--json",
        "--max-cost",
        "--no-input",
        "--on-unknown",
        "--output",
        "--quiet",
        "--shots",
        "--test-rows",
        "--yes",
    ],
    "jobs": ["--json"],
    "jobs list": ["--json", "--run", "--state"],
    "jobs show": ["--json"],
    "jobs cancel": ["--json"],
    "jobs adopt": ["--json"],
    "costs": ["--by", "--json"],
    "costs export": ["--focus", "--json"],
    "costs reconcile": ["--json"],
    "budget": ["--json"],
    "budget show": ["--json"],
    "budget set": ["--day", "--json", "--month", "--project", "--run"],
    "status": ["--json", "--watch"],
    "backends": ["--json"],
    "doctor": ["--json"],
    "runs": ["--json"],
    "runs list": ["--json"],
    "runs show": ["--json"],
    "runs diff": ["--json"],
    "runs resume": ["--json", "--max-cost", "--on-unknown", "--quiet"],
    "runs restore": ["--json"],
    "runs export": ["--format", "--json", "--output"],
    "runs sync": ["--json"],
    "emulate ionq": [
        "--fault",
        "--json",
        "--minimum",
        "--noise",
        "--port",
        "--queue",
        "--seed",
        "--slow",
        "--state",
        "--strict",
    ],
    "config": ["--json", "--set", "--show-origin"],
    "config schema": [],
}


def commands(app: typer.Typer, prefix: str = "") -> dict[str, object]:
    found = {f"{prefix}{c.name}": c.callback for c in app.registered_commands}
    for group in app.registered_groups:
        inner = group.typer_instance
        assert inner is not None
        if inner.registered_callback is not None:
            found[f"{prefix}{group.name}"] = inner.registered_callback.callback
        found |= commands(inner, f"{prefix}{group.name} ")
    return found


def options(function) -> list[str]:
    hints = get_type_hints(inspect.unwrap(function), include_extras=True)
    markers = [m for hint in hints.values() for m in getattr(hint, "__metadata__", ())]
    declared = [
        d
        for marker in markers
        if isinstance(marker, typer.models.OptionInfo)
        for d in (marker.default, *(marker.param_decls or ()))  # typer keeps the first apart
        if isinstance(d, str)
    ]
    return sorted(part for d in declared for part in d.split("/") if part.startswith("--"))


def test_commands_and_options_are_pinned():
    assert {name: options(f) for name, f in commands(build()).items()} == OPTIONS


def test_every_command_and_option_says_what_it_is():
    for name, function in commands(build()).items():
        assert inspect.getdoc(function), name
        hints = get_type_hints(inspect.unwrap(function), include_extras=True)
        for hint in hints.values():
            for marker in getattr(hint, "__metadata__", ()):
                if isinstance(marker, typer.models.OptionInfo | typer.models.ArgumentInfo):
                    assert marker.help, name


def test_every_command_has_a_page(request):
    found = (request.config.rootpath / "docs" / "commands").glob("*.md")
    pages = {p.stem.split("-")[0] for p in found}
    assert pages == {name.split()[0] for name in OPTIONS}
