"""The fake vendor is a backend like every other one, found through its entry point."""

from dataclasses import replace

import pytest

from qml.backends.base import Intent, Settings
from qml.backends.registry import capabilities_of, open_backend
from qml.backends.remote import Phase, RemoteBackend, is_remote
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.testing import circuits
from qml.testing.backend_contract import BackendContract
from qml.testing.fake_vendor import plugin

METADATA = "Metadata-Version: 2.1\nName: fake-vendor\nVersion: 1.0\n"
ENTRY = "[qml.backends.v1]\nfake = qml.testing.fake_vendor:plugin\n"


@pytest.fixture(autouse=True)
def _installed(tmp_path, monkeypatch):
    folder = tmp_path / "site" / "fake_vendor-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(METADATA)
    (folder / "entry_points.txt").write_text(ENTRY)
    monkeypatch.syspath_prepend(str(folder.parent))


class TestFakeVendor(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="fake.two")


def test_the_device_and_the_account_come_from_the_settings(tmp_path):
    section = BackendSection(name="fake.two", options={"account": str(tmp_path / "account.db")})
    work = Work(circuits=(circuits.bell(),), shots=10)
    backend: RemoteBackend = open_backend(section)
    assert is_remote(backend)
    assert (backend.provider, backend.device) == ("fake", "two")
    assert capabilities_of(section).billing == ("fake", "two")
    job = backend.submit(work, Intent(key="k", digest="d"))
    before = backend.fetch(job)
    backend.close()
    again = open_backend(section)
    assert again.find(Intent(key="k", digest="d")).id == job.id
    assert again.fetch(job) == before
    assert [(j.key, j.phase) for j in again.jobs(since=0)] == [("k", Phase.DONE)]
    again.close()


def test_the_plugin_opens_a_default_device():
    backend = plugin(Settings(section=BackendSection(name="fake")))
    assert backend.device == "one"
    assert len(backend.split(Work(circuits=(circuits.bell(),) * 9, shots=1))) == 2
    assert replace(backend.capabilities, billing=None).paid
    backend.close()
