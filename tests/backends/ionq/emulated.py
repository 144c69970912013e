"""The emulator as the vendor of the contract: asked beside the backend, with plain HTTP."""

from contextlib import contextmanager
from decimal import Decimal

import requests

from qml.backends.base import Settings
from qml.backends.ionq import plugin
from qml.emulators.ionq import serve
from qml.units import Money

KEY = "emulated-key-51c0ffee"


class Emulated:
    """One emulator, and the account that it keeps."""

    def __init__(self, emulator, section) -> None:
        self.emulator = emulator
        self.section = section
        self.backends = []

    @property
    def environ(self) -> dict:
        return {"IONQ_API_URL": self.emulator.url, "IONQ_API_KEY": KEY}

    @property
    def posts(self) -> int:
        return self.emulator.summary()["posts"]

    @property
    def account(self) -> dict[str, dict]:
        url = self.emulator.url.replace("/v0.4", "/emulator/jobs")
        return {job["id"]: job for job in requests.get(url, timeout=5).json()["jobs"]}

    @property
    def jobs(self) -> list[str]:
        return list(self.account)

    def bill(self, job_id) -> Money:
        return Money(amount=Decimal(self.account[job_id]["billed"]))

    def gates(self, job_id) -> tuple[int, int]:
        counted = self.account[job_id]["gates"]
        return counted["1q"], counted["2q"]

    def sent(self, job_id) -> dict:
        url = f"{self.emulator.url}/jobs/{job_id}"
        return requests.get(url, headers={"Authorization": f"apiKey {KEY}"}, timeout=5).json()

    def connect(self, section=None):
        # past the registry, which looks through all installed packages
        backend = plugin(Settings(section=section or self.section, environ=self.environ))
        self.backends.append(backend)
        return backend


@contextmanager
def emulated(section, fault=None, **options):
    """Run an emulator whose first request meets a fault."""
    faults = [f"{fault}@1"] if fault else []
    with serve(port=0, faults=faults, seed=1, slow=0.6, **options) as emulator:
        vendor = Emulated(emulator, section)
        yield vendor
        for backend in vendor.backends:
            backend.close()


class Impatient:
    """`requests` for qiskit-ionq, which waits 30 s: here a few tenths of one."""

    exceptions = requests.exceptions

    @staticmethod
    def post(*args, timeout, **kwargs):
        assert timeout == 30
        return requests.post(*args, timeout=0.3, **kwargs)

    @staticmethod
    def get(*args, timeout, **kwargs):
        assert timeout == 30
        return requests.get(*args, timeout=0.3, **kwargs)
