"""Chooses the shape of a network by its number of trainable parameters."""

from dataclasses import dataclass

TOLERANCE = 0.10
LEAST_WIDTH, MOST_WIDTH = 4, 8
"""A hidden layer narrower than one unit a class is a bottleneck, within these bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network with one hidden layer, as scikit-learn counts it.

    Attributes:
        inputs: Number of inputs.
        hidden: Width of the hidden layer.
        outputs: Number of output units: one per class, or a single one for two classes.
    """

    inputs: int
    hidden: int
    outputs: int

    @property
    def parameters(self) -> int:
        """Weights and biases of both layers: (inputs + 1) hidden + (hidden + 1) outputs."""
        return (self.inputs + 1) * self.hidden + (self.hidden + 1) * self.outputs

    def deviation(self, budget: int) -> float:
        """Return |parameters - budget| / budget."""
        return abs(self.parameters - budget) / budget


def match(features: int, classes: int, budget: int, components: int) -> Network:
    """Find the network whose number of parameters comes within 10 % of a budget.

    Where all features leave room only for a bottleneck, it takes fewer inputs (the caller hands it
    principal components): for many features and a small budget that is a far better rival than one
    hidden unit that sees everything.

    Args:
        features: Number of features, at least 1.
        classes: Number of classes, at least 2.
        budget: Parameters of the quantum model, at least 1.
        components: Most inputs it may take where it does not take all features.

    Returns:
        Of all networks within 10 % the one that is widest at its narrowest place (up to what is
        wide enough), then has most inputs, then the nearest count; where none is within 10 %, the
        one with the nearest count.
    """
    outputs = 1 if classes == 2 else classes  # noqa: PLR2004 - scikit-learn's binary networks
    networks = [
        Network(inputs=inputs, hidden=hidden, outputs=outputs)
        for inputs in (*range(1, min(features, components + 1)), features)
        for hidden in _widths(inputs, outputs, budget)
    ]
    fitting = [network for network in networks if network.deviation(budget) <= TOLERANCE]
    if not fitting:
        return min(networks, key=lambda network: (network.deviation(budget), -network.inputs))
    wide_enough = min(max(classes, LEAST_WIDTH), MOST_WIDTH)
    return max(
        fitting,
        key=lambda network: (
            min(network.hidden, network.inputs, wide_enough),
            network.inputs,
            -network.deviation(budget),
        ),
    )


def _widths(inputs: int, outputs: int, budget: int) -> tuple[int, int]:
    """Return the two hidden widths whose counts enclose the budget, at least 1."""
    below = max(1, (budget - outputs) // (inputs + 1 + outputs))
    return below, below + 1
