from dataclasses import replace

from qml.execution.submission import digests
from qml.testing.fake_run import RUN
from qml.testing.fake_vendor import FakeRemote


def test_content_is_the_work_and_the_backend(run, batch):
    here = digests.content(run.backend, batch.work)
    assert here == digests.content(FakeRemote(run.account), batch.work)
    assert here != digests.content(FakeRemote(run.account, device="two"), batch.work)
    assert here != digests.content(run.backend, replace(batch.work, seed=99))
    assert here != digests.content(run.backend, replace(batch.work, shots=21))


def test_a_key_is_of_one_purchase():
    keys = {
        digests.key(RUN, name, digest, generation)
        for name in ("a", "b")
        for digest in ("0" * 64, "1" * 64)
        for generation in (0, 1)
    }
    assert len(keys) == 8
    assert digests.key(RUN, "a", "0" * 64, 0) in keys


def test_parts_tell_which_piece_differs(run, batch):
    one = digests.parts(run.backend, batch.work)
    other = digests.parts(run.backend, replace(batch.work, seed=99))
    assert {name for name in one if one[name] != other[name]} == {"seed"}
