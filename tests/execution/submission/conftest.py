import pytest
import stamina

from qml.testing.fake_run import FakeRun, batches


@pytest.fixture(autouse=True)
def _reads_do_not_wait():
    stamina.set_testing(True, attempts=10)
    yield
    stamina.set_testing(False)


@pytest.fixture
def run():
    fake = FakeRun()
    yield fake
    fake.close()


@pytest.fixture
def batch():
    """One batch of two jobs."""
    return batches(1)[0]
