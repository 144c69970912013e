"""`qubo`: solvers on instances whose optimum is known, each with as many evaluations.

Cuts of graphs, BQP-10, diverse subsets, and low autocorrelation binary sequences as quadratic
models. A cell is one solver on one instance; its number is how far it stayed from the optimum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from qml.benchmarking.base import Cell, Metric, Place, Role, Suite, Wanted
from qml.benchmarking.choice import chosen

NAME = "qubo"
SHORTFALL = Metric(key="shortfall", title="shortfall", better="less", ends=(0, inf))
SOLVED = Metric(key="solved", title="solved", better="more", ends=(0, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A solver.

    Attributes:
        solver: Its registered name.
        role: What it is. `path_integral` imitates an annealer on a classical machine.
        options: Its settings.
    """

    solver: str
    role: Role = "classical"
    options: Mapping[str, Any] = field(default_factory=dict)


COLUMNS: Mapping[str, Column] = {
    "qaoa": Column(solver="qaoa", role="quantum"),
    "vqe": Column(solver="vqe", role="quantum"),
    "vqe_separable": Column(solver="vqe", role="twin", options={"ansatz": "separable"}),
    **{
        name: Column(solver=name)
        for name in (
            *("annealing", "tabu", "local_search", "parallel_tempering", "path_integral"),
            *("greedy", "exact"),
        )
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Instances of one kind.

    Attributes:
        names: Their names.
        evaluations: What every solver may use.
        without: Columns that cannot work on them.
    """

    names: tuple[str, ...]
    evaluations: int
    without: tuple[str, ...] = ()


CIRCUITS = ("qaoa", "vqe", "vqe_separable")
GRAPHS = ("k33", "petersen", "heawood", "k44", "cube4", *(f"regular{seed}" for seed in range(15)))
KINDS = (
    Rows(names=tuple(f"maxcut:{graph}" for graph in GRAPHS), evaluations=100),
    Rows(names=("bqp:0", "bqp:1", "bqp:2", "bqp:cos"), evaluations=50),
    Rows(names=("subset:0", "subset:1", "subset:2"), evaluations=500, without=CIRCUITS[1:]),
    Rows(
        names=tuple(f"labs:{n}" for n in range(8, 19)),
        evaluations=20_000,
        without=(*CIRCUITS, "exact"),
    ),
)
_BUDGET = (
    "Equal budget: 100 evaluations on graphs, 50 on BQP-10, 500 on subsets, 20,000 on sequences. An"
    " evaluation is an assignment whose objective becomes known; a shot is one."
)
_ENUMERATED = (
    "On the engine's exact states a circuit's simulator computes every objective before its first"
    " shot: enumeration would have solved the problem."
)
_LEFT_OUT = (
    "Sequences are quartic in their spins; as quadratic models those of 8 spins have 42 variables,"
    " more than circuits or a proof can have here. VQE knows no constraints: it has no subsets."
)
_SCALE = "Shortfall: the gap over the size of the optimum, 1 at most; path_integral is classical."
NOTES = (_BUDGET, _ENUMERATED, _LEFT_OUT, _SCALE)


def build(wanted: Wanted) -> Suite:
    """Return the suite, restricted to what is wanted."""
    columns = chosen(list(COLUMNS), wanted.models, "model", NAME)
    rows = chosen([name for kind in KINDS for name in kind.names], wanted.data, "data", NAME)
    return Suite(
        name=NAME,
        title="solvers on instances of known optimum",
        metric=SHORTFALL,
        cells=list(_cells(wanted, columns, rows)),
        also=(SOLVED,),
        notes=NOTES,
    )


def _cells(wanted: Wanted, columns: list[str], rows: list[str]) -> Iterator[Cell]:
    for kind in KINDS:
        for row in (name for name in kind.names if name in rows):
            for name in (column for column in columns if column not in kind.without):
                yield from _seeds(wanted, name, row, kind.evaluations)


def _seeds(wanted: Wanted, name: str, row: str, evaluations: int) -> Iterator[Cell]:
    column = COLUMNS[name]
    backends = wanted.backends if name in CIRCUITS else ("-",)
    for backend in backends:
        for seed in wanted.seeds:
            yield Cell(
                place=Place(NAME, name, row, backend, seed),
                role=column.role,
                verb="sample",
                settings={
                    "sample.kind": "qubo",
                    "sample.seed": seed,
                    "sample.qubo.instance": row,
                    "sample.qubo.solvers": [column.solver],
                    "sample.qubo.evaluations": evaluations,
                    "sample.qubo.options": {column.solver: dict(column.options)},
                },
            )
