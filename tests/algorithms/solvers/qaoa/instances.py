"""Problems with published numbers."""

import dimod
import numpy as np

from qml.problems import compile_model, instances

TIES = {  # five spins, E = - sum J s s: six ground states, two of them out of reach of an anneal
    (0, 2): 1,
    (0, 3): 1,
    (0, 4): 1,
    (1, 2): 1,
    (1, 3): -1,
    (1, 4): -1,
    (2, 3): -1,
    (2, 4): 1,
}


def max_cut(edges):
    """Minus the number of edges that are cut."""
    return compile_model(instances.max_cut(edges))


def spin_glass(couplings):
    """Sum of J s s over the pairs given."""
    model = dimod.BinaryQuadraticModel(dimod.SPIN)
    for node in range(1 + max(max(pair) for pair in couplings)):
        model.add_variable(node)
    for pair, value in couplings.items():
        model.add_quadratic(*pair, value)
    return compile_model(model)


def five_spins():
    """The instance of ties."""
    return spin_glass({pair: -value for pair, value in TIES.items()})


def weighted_cut(seed, wires):
    """Normalised weights of the published ramp: J uniform in (0, 1), over the largest."""
    weights = np.triu(np.random.default_rng(seed).uniform(0, 1, (wires, wires)), 1)
    weights /= weights.max()
    return spin_glass({(i, j): weights[i, j] for i in range(wires) for j in range(i + 1, wires)})
