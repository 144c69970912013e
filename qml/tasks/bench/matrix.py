"""The matrix of a benchmark: its suite, and the configuration of each cell."""

from typing import Any

from qml import plugins
from qml.benchmarking.base import Cell, Suite, SuiteFamily, Wanted
from qml.config import Config, validate
from qml.config.tuned import with_values

NOWHERE, HERE = "-", "jax"
"""Place of cells that run no circuits, and the backend that stands in their configuration."""
EXACT = ("shots", 0)
"""Left out, so that a machine that only samples takes its own number."""
KEPT = ("project", "backend", "budget", "ledger", "pricing", "checkpoint")
"""Sections of the project that hold for every cell."""


def suite_of(config: Config) -> Suite:
    """Build the suite that `[bench]` names.

    Raises:
        PluginError: No suite has that name.
        UsageError: It has no such model or data.
    """
    bench = config.bench
    family: SuiteFamily = plugins.load("suites", bench.suite)
    document = config.document()
    return family.build(
        Wanted(
            models=tuple(bench.models),
            data=tuple(bench.data),
            backends=backends_of(config),
            seeds=tuple(range(bench.seed, bench.seed + bench.seeds)),
            project={key: value for key, value in document.items() if key != "bench"},
        )
    )


def backends_of(config: Config) -> tuple[str, ...]:
    """Return the backends of the matrix: those of a route are held against each other."""
    return tuple(config.bench.backends or config.backend.route) or (config.backend.name,)


def cell_config(cell: Cell, suite: Suite, config: Config) -> Config:
    """Return the configuration of one cell.

    Raises:
        ConfigError: The suite set a key that does not exist, or a value that does not fit.
    """
    document = config.document()
    base = _defaults(document) if suite.base == "defaults" else document
    base = {key: value for key, value in base.items() if key not in {"bench", "tune", "test"}}
    base["backend"] = {k: v for k, v in base["backend"].items() if (k, v) != EXACT}
    base["tracking"] = {"name": "none"}  # the benchmark mirrors its cells at the end
    settings: dict[str, Any] = {"train.seed": cell.place.seed, **cell.settings}
    name = HERE if cell.place.backend == NOWHERE else cell.place.backend
    settings = {"backend.name": name, "backend.route": [], **settings}
    return validate(with_values(base, settings))


def _defaults(document: dict[str, Any]) -> dict[str, Any]:
    """Return the defaults with what the project says of machines and money."""
    return {**Config().document(), **{key: document[key] for key in KEPT if key in document}}
