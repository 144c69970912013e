"""Fake machines and Aer: IBM's compilation and primitives, with a simulator beneath them.

The sampler is the one that the SDK's local mode uses for `SamplerV2`. That class is deprecated
since 0.50; its successor derives the noise of the whole machine anew for every circuit (four
seconds each on `fake_torino`), so the SDK's own local service is passed over.
"""

from collections import OrderedDict
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qiskit.primitives import BackendSamplerV2
from qiskit_aer import AerSimulator
from qiskit_ibm_runtime.fake_provider.fake_backend import FakeBackendV2

from qml.backends.base import Settings
from qml.backends.ibm import sampling, slicing
from qml.backends.ibm.compiling import Compiler
from qml.backends.ibm.machines import AER, FAKE, PROVIDER, fakes
from qml.backends.local import LocalBackend, Observables
from qml.backends.plugin import Plugin
from qml.circuits import Circuit
from qml.errors import PlanError
from qml.results.counts import Counts

_REMEMBERED = 32


class IbmLocal(LocalBackend):
    """A machine of IBM that is simulated in this process.

    Args:
        plugin: What it says of itself.
        settings: What it was opened with.
        device: `aer`, or the name of a fake machine.
    """

    def __init__(self, plugin: Plugin, settings: Settings, device: str) -> None:
        super().__init__(plugin, settings)
        self.name = f"{PROVIDER}.{device}"
        self.device = device
        self._options = {
            "max_parallel_threads": self.section.threads or 0,
            # shots on threads of their own would draw other numbers on another machine
            "max_parallel_shots": 1,
        }
        self._machine = AerSimulator(**self._options) if device == AER else fake(device)
        self._compiler = Compiler(self._machine)
        self._simulators: OrderedDict[tuple[int, ...], Any] = OrderedDict()

    def expectations(
        self, circuits: Sequence[Circuit], observables: Observables
    ) -> NDArray[np.float64]:
        """Refuse: a machine gives counts."""
        del circuits, observables
        raise PlanError(f"`{self.name}` gives counts alone", hint="set `backend.shots` above 0")

    def counts(self, circuits: Sequence[Circuit], shots: int, seed: int) -> list[Counts]:
        """Compile, then sample every circuit; the same arguments give the same counts."""
        programs = [made.program for made in self._compiler.run(circuits)]
        found: dict[int, Counts] = {}
        for kept, rows in self._by_qubits(programs).items():
            sampler = BackendSamplerV2(
                backend=self._simulator(kept), options={"seed_simulator": _seed(seed, rows[0])}
            )
            chosen = [self._cut(programs[r], kept) for r in rows]
            result = sampling.send(sampler, chosen, shots).result()
            found.update(zip(rows, sampling.read(result), strict=True))
        return [found[r] for r in range(len(circuits))]

    def _by_qubits(self, programs: Sequence[Any]) -> dict[tuple[int, ...], list[int]]:
        groups: dict[tuple[int, ...], list[int]] = {}
        for row, program in enumerate(programs):
            kept = () if self.device == AER else slicing.used(program)
            groups.setdefault(kept, []).append(row)
        return groups

    def _cut(self, program: Any, kept: tuple[int, ...]) -> Any:
        return slicing.cut(program, kept) if kept else program

    def _simulator(self, kept: tuple[int, ...]) -> Any:
        if not kept:
            return self._machine
        if kept not in self._simulators:
            noise = slicing.noise(self._machine.target, kept)
            self._simulators[kept] = AerSimulator(noise_model=noise, **self._options)
        self._simulators.move_to_end(kept)
        while len(self._simulators) > _REMEMBERED:
            self._simulators.popitem(last=False)
        return self._simulators[kept]


def fake(device: str) -> Any:
    """Open a fake machine by name.

    Raises:
        PlanError: There is none of that name.
    """
    if device not in fakes():
        raise PlanError(
            f"qiskit-ibm-runtime has no `{device}`", hint=f"one of: {', '.join(sorted(fakes()))}"
        )
    package = f"{FakeBackendV2.__module__.rpartition('.')[0]}.backends"
    module = import_module(f"{package}.{device.removeprefix(FAKE)}")
    found = (c for c in vars(module).values() if isinstance(c, type))
    (chosen,) = {c for c in found if getattr(c, "backend_name", None) == device}
    return chosen()


def _seed(seed: int, row: int) -> int:
    """Return a seed for a group of circuits; Aer adds a circuit's place, within 31 bits."""
    (state,) = np.random.SeedSequence([seed, row]).generate_state(1)
    return int(state >> 2)
