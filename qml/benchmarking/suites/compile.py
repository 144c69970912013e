"""`compile`: circuits for IonQ's Forte by this project's compiler and by those installed.

What decides is the number of two-qubit gates, which is the same every time: the price of a job, and
most of its error, follow from it.
"""

from qml.benchmarking.base import Cell, Metric, Place, Suite, Wanted
from qml.benchmarking.choice import chosen
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.measure import COMPILERS

NAME = "compile"
TWO_QUBIT = Metric(key="two_qubit", title="two-qubit gates", better="less")
ALSO = (
    Metric(key="one_qubit", title="one-qubit pulses", better="less"),
    Metric(key="depth", title="depth", better="less"),
    Metric(key="seconds", title="processor time", better="less", unit="s"),
)


def build(wanted: Wanted) -> Suite:
    """Return the suite; nothing in it is random, so one seed is enough."""
    rows = chosen(list(CASES), wanted.data, "data", NAME)
    return Suite(
        name=NAME,
        title="Circuits compiled for IonQ's Forte",
        metric=TWO_QUBIT,
        also=ALSO,
        cells=[
            Cell(
                place=Place(NAME, compiler, row, "-", wanted.seeds[0]),
                role="quantum" if compiler == "qml" else "vendor",
                verb="measure",
                settings={
                    "measure.kind": "compile",
                    "measure.options": {"compiler": compiler, "circuit": row},
                },
                alone=True,
            )
            for row in rows
            for compiler in chosen(list(COMPILERS), wanted.models, "model", NAME)
        ],
        notes=(
            "Each result is held against its source: state vectors to 12 qubits, MQT QCEC above.",
            "RZ gates and the order of the wires cost nothing on this machine and are not counted.",
        ),
    )
