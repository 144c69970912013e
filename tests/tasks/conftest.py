"""Fixtures of tests that buy at the fake vendor."""

import json

import jsonschema
import pytest
from referencing import Registry, Resource
from tasks.market import Market, lay_out

from qml.report import schemas
from qml.report.documents import dumps
from qml.testing.fake_vendor import FakeClock

METADATA = "Metadata-Version: 2.1\nName: fake-vendor\nVersion: 1.0\n"
ENTRY = "[qml.backends.v1]\nfake = qml.testing.fake_vendor:plugin\n"


@pytest.fixture(scope="module")
def vendor_installed(tmp_path_factory):
    """Let the fake vendor's entry point be found."""
    folder = tmp_path_factory.mktemp("site") / "fake_vendor-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(METADATA)
    (folder / "entry_points.txt").write_text(ENTRY)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder.parent))
        yield


@pytest.fixture
def market(tmp_path, compiled, vendor_installed, monkeypatch) -> Market:
    """A project of 10 rows, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return lay_out(tmp_path, compiled)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that only the test moves."""
    return FakeClock()


@pytest.fixture(scope="session")
def check():
    """Hold a document against its schema, and return it as JSON would bring it."""
    found = [schemas.load(name) for name in schemas.names()]
    registry = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in found])

    def validate(document):
        whole = json.loads(dumps(document))
        schema = schemas.load(whole["schema"])
        jsonschema.Draft202012Validator(schema, registry=registry).validate(whole)
        return whole

    return validate
