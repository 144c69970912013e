"""The contract catches the mistakes that it was written for: each is made here on purpose."""

import numpy as np
import pytest

from qml.backends.base import Capabilities, Results, Settings
from qml.backends.local import LocalBackend
from qml.backends.plugin import Plugin
from qml.backends.sampling import draw
from qml.circuits import Circuit, Gate, Observable
from qml.config.sections import BackendSection
from qml.results.counts import Counts
from qml.testing import reference
from qml.testing.backend_contract import BackendContract


class Plain(LocalBackend):
    """A right backend made of the reference simulator."""

    def expectations(self, circuits, observables):
        return reference.expectations(circuits, observables)

    def counts(self, circuits, shots, seed):
        return [
            draw(reference.probabilities(c), shots, [seed, place])
            for place, c in enumerate(circuits)
        ]


class ReversedBits(Plain):
    def counts(self, circuits, shots, seed):
        found = super().counts(circuits, shots, seed)
        return [Counts(c.wires, {k[::-1]: n for k, n in c.tally.items()}) for c in found]


class ReversedWires(Plain):
    def expectations(self, circuits, observables):
        mirrored = [
            Circuit(
                c.wires,
                tuple(
                    Gate(g.name, tuple(c.wires - 1 - w for w in g.wires), g.params) for g in c.gates
                ),
            )
            for c in circuits
        ]
        return super().expectations(mirrored, observables)


class WrongGate(Plain):
    def expectations(self, circuits, observables):
        wrong = [
            Circuit(
                c.wires,
                tuple(Gate("crz", g.wires, g.params) if g.name == "cphase" else g for g in c.gates),
            )
            for c in circuits
        ]
        return super().expectations(wrong, observables)


class SortedBatch(Plain):
    def expectations(self, circuits, observables):
        ordered = sorted(circuits, key=lambda c: c.gates[0].name if c.gates else "")
        return super().expectations(ordered, observables)


class ForgetsCoefficients(Plain):
    def expectations(self, circuits, observables):
        bare = [
            Observable(tuple((1.0, s) for _, s in o.terms)) if isinstance(o, Observable) else o
            for o in observables
        ]
        return super().expectations(circuits, bare)


class IgnoresSeed(Plain):
    def counts(self, circuits, shots, seed):
        return super().counts(circuits, shots, np.random.default_rng().integers(2**31))


class OneSeedForAll(Plain):
    def counts(self, circuits, shots, seed):
        return [draw(reference.probabilities(c), shots, [seed]) for c in circuits]


class ConstantSeed(Plain):
    def counts(self, circuits, shots, seed):
        return super().counts(circuits, shots, 0)


class Biased(Plain):
    def counts(self, circuits, shots, seed):
        flat = [np.full(2**c.wires, 0.02 / 2**c.wires) for c in circuits]
        return [
            draw(0.9 * reference.probabilities(c) + 5 * f, shots, [seed, place])
            for place, (c, f) in enumerate(zip(circuits, flat, strict=True))
        ]


class ClaimsDerivatives(Plain):
    def __init__(self, plugin, settings):
        super().__init__(plugin, settings)
        self.capabilities = Capabilities(
            qubits=10, exact=True, samples=True, noise=False, gradients=frozenset({"adjoint"})
        )


class RunsAnyWidth(Plain):
    def submit(self, work, intent):
        self.capabilities = Capabilities(qubits=99, exact=True, samples=True, noise=False)
        self._remember(intent.key, None)


class FetchesOnce(Plain):
    def fetch(self, job):
        results = super().fetch(job)
        self.expectations = None
        counts = results.counts
        object.__setattr__(results, "counts", ())
        return Results(counts=counts, usage=results.usage)


MISTAKES = [
    (ReversedBits, "test_bits_are_in_order"),
    (ReversedWires, "test_bits_are_in_order"),
    (WrongGate, "test_every_gate_does_what_its_matrix_says"),
    (SortedBatch, "test_a_batch_keeps_its_order"),
    (ForgetsCoefficients, "test_observables"),
    (IgnoresSeed, "test_a_seed_repeats"),
    (OneSeedForAll, "test_seeds_and_places_differ"),
    (ConstantSeed, "test_seeds_and_places_differ"),
    (Biased, "test_counts_follow_the_distribution"),
    (ClaimsDerivatives, "test_derivatives"),
    (RunsAnyWidth, "test_what_is_not_claimed_is_refused"),
    (FetchesOnce, "test_jobs_are_found_and_fetched_again"),
]


def opened(kind):
    plugin = Plugin(
        name="plain",
        packages=(),
        capabilities=lambda _: Capabilities(qubits=10, exact=True, samples=True, noise=False),
        home=f"{__name__}:{kind.__name__}",
    )
    return kind(plugin, Settings(section=BackendSection(name="plain")))


class TestARightBackend(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="plain")

    @pytest.fixture
    def backend(self):
        return opened(Plain)

    @pytest.mark.skip(reason="the name `plain` is not registered, so it cannot be opened anew")
    def test_a_seed_repeats(self):
        """Covered by every registered backend."""


@pytest.mark.parametrize("kind, test", MISTAKES)
def test_a_mistake_is_caught(kind, test, monkeypatch):
    monkeypatch.setattr("qml.testing.backend_contract.open_backend", lambda _: opened(kind))
    arguments = (opened(kind),)
    if test == "test_a_seed_repeats":
        arguments += (BackendSection(name="plain"),)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(BackendContract(), test)(*arguments)


def test_a_wrong_gate_is_named():
    with pytest.raises(AssertionError, match="cphase"):
        BackendContract().test_every_gate_does_what_its_matrix_says(opened(WrongGate))


def test_the_section_must_be_given():
    with pytest.raises(NotImplementedError):
        BackendContract.section.__wrapped__(BackendContract())
