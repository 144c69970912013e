"""The screen of one feature map: all that is measured, put together."""

from collections.abc import Callable

from qml.benchmarking.screen import hints, measures
from qml.benchmarking.screen.classical import grid
from qml.benchmarking.screen.contest import contest
from qml.benchmarking.screen.embedding import Embedding, entangles, fidelities
from qml.benchmarking.screen.settle import corrected, verdict_of
from qml.benchmarking.screen.values import Field, Labels, Matrix, Screened

Step = Callable[[str], None]
STEPS = 5
"""Steps of the screen of a feature map."""


def lay_out(
    features: Matrix,
    labels: Labels,
    classes: int,
    *,
    ridge: float,
    folds: int,
    halves: int,
    seed: int,
) -> Field:
    """Compute the classical side, which all feature maps share.

    Args:
        features: Angles in radians, shape (N, d).
        labels: 0 to classes - 1, shape (N,).
        classes: Number of classes.
        ridge: lambda of g and s.
        folds: Folds of the cross-validation.
        halves: How often half of the rows is drawn.
        seed: Feeds all draws.
    """
    kernels = grid(features)
    contenders = {"rival": [k.matrix for k in kernels]}
    rival = contest(contenders, labels, classes, count=folds, seed=seed)["rival"]
    return Field(
        features=features,
        labels=labels,
        classes=classes,
        grid=kernels,
        rival=rival,
        ridge=ridge,
        folds=folds,
        halves=halves,
        seed=seed,
    )


def screen(embedding: Embedding, field: Field, step: Step) -> Screened:
    """Measure everything about one feature map.

    Args:
        embedding: The feature map.
        field: The data and the classical side.
        step: Told what comes next, `STEPS` times.

    Returns:
        What was found, decided as if it were the only one; `settle` corrects for several.
    """
    step("states")
    states = embedding.states(field.features)
    kernel = fidelities(states)
    entangling = entangles(embedding.circuit(field.features[0]))
    twin = fidelities(embedding.twin.states(field.features)) if entangling else None
    step("geometry")
    geometry = measures.geometry_of(kernel, field)
    complexity = measures.complexity_of(kernel, field)
    step("accuracy")
    machines = field.machines(quantum=kernel, **({} if twin is None else {"twin": twin}))
    answered = measures.accuracy_of(machines["quantum"], machines.get("twin"), field)
    (accuracy,) = corrected([answered])
    step("concentration")
    concentration = hints.concentration_of(embedding, states, field)
    step("hints")
    return Screened(
        feature_map=embedding.name,
        repeats=embedding.repeats,
        qubits=field.features.shape[1],
        geometry=geometry,
        complexity=complexity,
        alignment=measures.alignment_of(kernel, twin, field),
        accuracy=accuracy,
        concentration=concentration,
        surrogate=hints.surrogate_of(kernel, machines["quantum"], field),
        entanglement=hints.entanglement_of(states),
        magic=hints.magic_of(embedding, states, field.features),
        verdict=verdict_of(len(field.labels), geometry, complexity, accuracy),
    )
