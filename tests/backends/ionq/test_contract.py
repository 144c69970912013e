"""The contract of remote backends, on the emulator: simulator and machine, native and not."""

from contextlib import ExitStack

import pytest
from backends.ionq.emulated import Impatient, emulated

from qml.config.sections import BackendSection
from qml.config.sections.vendors import IonqSection
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_counts import RemoteCountsContract


class OnEmulator:
    section = BackendSection(name="ionq")

    @pytest.fixture
    def open_vendor(self, monkeypatch):
        def opener(fault=None):
            if fault in {"slow-response", "get-slow"}:
                monkeypatch.setattr("qiskit_ionq.ionq_client.requests", Impatient)
            return stack.enter_context(emulated(self.section, fault))

        with ExitStack() as stack:
            yield opener


class TestSimulator(OnEmulator, RemoteContract):
    pass


class TestMachine(OnEmulator, RemoteContract):
    section = BackendSection(name="ionq.forte-1")
    seeded = False
    noise = 0.06


class TestAria(OnEmulator, RemoteCountsContract):
    """The gate set of MS."""

    section = BackendSection(name="ionq.aria-1")
    seeded = False
    noise = 0.15


class TestStandardGates(OnEmulator, RemoteCountsContract):
    section = BackendSection(name="ionq", ionq=IonqSection(native=False))


class TestStandardGatesOnAMachine(OnEmulator, RemoteCountsContract):
    section = BackendSection(name="ionq.forte-1", ionq=IonqSection(native=False))
    seeded = False
    noise = 0.06
