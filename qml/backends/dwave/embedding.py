"""From a problem to the qubits of a machine and back: chains, and votes where they break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dimod
import minorminer
import numpy as np
from dwave.embedding import embed_ising, unembed_sampleset
from dwave.embedding.chain_strength import uniform_torque_compensation

from qml.circuits import Circuit
from qml.circuits.ising import ising_circuit, read_ising
from qml.errors import PlanError
from qml.results.counts import Counts

TRIES = 10
"""Attempts at finding chains; with a limit in time the machine's load would decide them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A problem on a machine.

    Attributes:
        circuit: The problem on the machine's qubits.
        chains: Qubits of each variable.
        source: The problem itself.
    """

    circuit: Circuit
    chains: dict[int, tuple[int, ...]]
    source: dimod.BinaryQuadraticModel

    @property
    def qubits(self) -> list[int]:
        """Qubits in use, ascending."""
        return sorted(q for chain in self.chains.values() for q in chain)

    def read(self, counts: Counts) -> Counts:
        """Turn counts of the qubits in use into counts of the variables; broken chains vote."""
        bits, times = counts.arrays()
        found = dimod.SampleSet.from_samples(
            (1 - 2 * bits, self.qubits),
            dimod.SPIN,
            energy=np.zeros(len(bits)),
            num_occurrences=times,
            sort_labels=False,
        )
        logical = unembed_sampleset(found, self.chains, self.source)
        order = [logical.variables.index(v) for v in sorted(self.chains)]
        spins = np.asarray(logical.record.sample)[:, order]
        rows = ((1 - spins) // 2).astype(np.int8)
        return Counts.from_samples(np.repeat(rows, logical.record.num_occurrences, axis=0))


def lay(
    circuit: Circuit,
    adjacency: Mapping[int, Any],
    edges: Sequence[tuple[int, int]],
    *,
    chain_strength: float | None,
    seed: int,
) -> Laid:
    """Find chains and lay a problem on them; the same arguments give the same chains.

    Args:
        circuit: The problem.
        adjacency: Neighbours of each qubit.
        edges: Couplers of the machine.
        chain_strength: Coupling within a chain; by uniform torque compensation where None.
        seed: Seeds the search (minorminer: Cai, Macready and Roy, arXiv:1406.2741).

    Raises:
        PlanError: The machine is too small for it.
    """
    model = model_of(circuit)
    graph = [*model.quadratic, *((v, v) for v in model.variables)]
    chains = minorminer.find_embedding(graph, edges, random_seed=seed, tries=TRIES)
    if len(chains) < circuit.wires:
        raise PlanError(
            f"the problem does not fit the machine: {circuit.wires} variables with"
            f" {len(model.quadratic)} couplings on {len(adjacency)} qubits",
            hint="a smaller or sparser problem, or a larger machine",
        )
    strength = chain_strength or uniform_torque_compensation(model, chains)
    fields, couplings = embed_ising(
        model.linear, model.quadratic, chains, adjacency, chain_strength=strength
    )
    return Laid(
        circuit=ising_circuit(max(adjacency) + 1, fields, couplings),
        chains={v: tuple(chain) for v, chain in chains.items()},
        source=model,
    )


def model_of(circuit: Circuit) -> dimod.BinaryQuadraticModel:
    """Return the problem as dimod's model; wires without a term are variables too."""
    problem = read_ising(circuit)
    model = dimod.BinaryQuadraticModel.from_ising(problem.fields, problem.couplings)
    for wire in range(circuit.wires):
        model.add_linear(wire, 0.0)
    return model
