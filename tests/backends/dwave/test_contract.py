"""The contract of remote backends, on a fake of D-Wave's API."""

import pytest
from backends.dwave.fake_sapi import NAME, FakeSapi

from qml.backends.base import Settings
from qml.backends.dwave import plugin
from qml.backends.dwave.hybrid import DwaveHybrid
from qml.backends.dwave.machine import DwaveMachine
from qml.circuits import Work
from qml.circuits.ising import ising_circuit
from qml.config.sections import BackendSection
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_counts import RemoteCountsContract
from qml.testing.remote_vendor import ENDLESS, FAILING, intent, wait_for


class Vendor:
    def __init__(self, sapi, timeout, kind, name):
        self.sapi = sapi
        self.timeout = timeout
        self.kind = kind
        self.name = name

    @property
    def posts(self):
        return len(self.sapi.posts)

    @property
    def jobs(self):
        return list(self.sapi.problems)

    def bill(self, job_id):
        return None

    def gates(self, job_id):
        raise NotImplementedError("an annealer has no gates")

    def connect(self):
        environ = {"DWAVE_API_ENDPOINT": self.sapi.url, "DWAVE_API_TOKEN": "key"}
        settings = Settings(section=BackendSection(name=f"dwave.{self.name}"), environ=environ)
        return self.kind(plugin, settings, self.name, self.timeout)


class TestMachine(RemoteContract):
    kind = DwaveMachine
    device = NAME
    seeded = False

    def smallest(self):
        """Two coupled qubits of the machine, as `placement` would lay them."""
        machine = FakeMachine.first_coupler()
        return Work(circuits=(ising_circuit(*machine),), shots=16, seed=3)

    @pytest.fixture
    def open_vendor(self):
        opened = []

        def opener(fault=None):
            sapi = FakeSapi()
            opened.append(sapi)
            if fault == ENDLESS:
                sapi.fate = "PENDING"
            elif fault == FAILING:
                sapi.fate = "FAILED"
            elif fault and fault.startswith("get-"):
                sapi.read_faults = [fault.removeprefix("get-").removesuffix("-json")]
            elif fault:
                sapi.faults = [fault]
            timeout = (0.5, 0.4) if fault and "slow" in fault else None
            return Vendor(sapi, timeout, self.kind, self.device)

        yield opener
        for sapi in opened:
            sapi.close()


class TestHybrid(TestMachine):
    kind = DwaveHybrid
    device = "hybrid_binary_quadratic_model_version2"

    def smallest(self):
        return Work(circuits=(ising_circuit(2, {0: 0.5, 1: 0.0}, {(0, 1): -1.0}),), shots=16)

    def test_whole_problems_are_solved(self, vendor):
        backend = vendor.connect()
        job = backend.submit(self.smallest(), intent("mine"))
        wait_for(backend, job)
        (counts,) = backend.fetch(job).counts
        assert counts.tally == {"11": 1}


class FakeMachine:
    @staticmethod
    def first_coupler():
        sapi = FakeSapi()
        try:
            low, high = min(sapi.solver.undirected_edges)
            wires = max(sapi.solver.nodes) + 1
        finally:
            sapi.close()
        return wires, {low: 0.5, high: 0.0}, {(low, high): -1.0}


# an annealer runs no gates: what it makes of problems is tested in test_machine.py
for _name in vars(RemoteCountsContract):
    if _name.startswith("test_"):
        setattr(TestMachine, _name, None)
