import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.algorithms.training.batches import Batches


def batches(rows: int, size: int, seed: int = 0) -> Batches:
    return Batches(
        np.arange(rows, dtype=np.float32)[:, None], np.arange(rows), size=size, seed=seed
    )


@given(st.integers(1, 50), st.integers(1, 60), st.integers(0, 5))
def test_every_row_once_an_epoch(rows, size, epoch):
    data = batches(rows, size)
    seen = []
    for step in range(epoch * data.per_epoch, (epoch + 1) * data.per_epoch):
        batch = data[step]
        assert batch.features.shape == (min(size, rows), 1)
        seen += batch.labels[batch.mask > 0].tolist()
        assert np.array_equal(batch.features[:, 0].astype(int), batch.labels)
    assert sorted(seen) == list(range(rows))


def test_the_order_depends_on_seed_and_epoch_alone():
    one, other = batches(20, 4), batches(20, 4)
    for step in (7, 3, 7):
        one[step]
    assert np.array_equal(one[12].labels, other[12].labels)
    assert not np.array_equal(one[0].labels, one[5].labels)
    assert not np.array_equal(one[0].labels, batches(20, 4, seed=1)[0].labels)
