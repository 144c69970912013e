"""What a command found out, as values: reports render them, scripts read their documents."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """Size of the quantum model.

    Attributes:
        kind: `model.kind`.
        qubits: Number of qubits.
        layers: Trainable layers, or repetitions of a feature map.
        parameters: All trainable parameters, classical ones included.
    """

    kind: str
    qubits: int
    layers: int
    parameters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Exact McNemar test of the quantum model against one baseline on the same test rows.

    Attributes:
        difference: Accuracy of the quantum model minus that of the baseline.
        p_value: Two-sided, before correction.
        p_adjusted: After Holm's correction over all baselines.
    """

    difference: float
    p_value: float
    p_adjusted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineOutcome:
    """One classical rival on the same split.

    Attributes:
        name: Registered name.
        parameters: Number of its trainable parameters (support vectors count their coefficients).
        metrics: `test_accuracy`, `test_accuracy_ci` (95 %), `train_accuracy`, `train_seconds`.
        settings: Chosen hyper-parameters.
        comparison: The quantum model against it.
        skipped: Why it was not trained; then metrics are empty.
    """

    name: str
    parameters: int = 0
    metrics: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    comparison: Comparison | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Money of a run as decimal strings."""

    estimated: str = "0.00"
    billed: str = "0.00"
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOutcome:
    """Everything that `qml train` found out.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Name of the backend that ran the circuits.
        model: Size of the model.
        metrics: `test_accuracy`, `test_accuracy_ci` (Wilson, 95 %), `train_accuracy`, `loss`,
            `train_seconds` (the optimiser's steps alone), `compile_seconds`,
            `circuits_per_second`, and more (`steps`, `epochs`, `circuits`, ...).
        baselines: The rivals in the order of the table.
        verdict: One sentence on the comparison with the best baseline.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: ModelFacts
    metrics: dict[str, Any]
    baselines: tuple[BaselineOutcome, ...]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.train/1`."""
        facts = asdict(self)
        return {"schema": "qml.train/1", **facts, "baselines": list(facts["baselines"])}
