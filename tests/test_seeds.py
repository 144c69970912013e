from hypothesis import given
from hypothesis import strategies as st

from qml.seeds import Seeds, derive

GOLDEN = [1771091398, 1603193915, 1053646646]


def test_derived_seeds_never_change_between_versions():
    assert [derive(0, "a"), derive(1, "a"), derive(0, "b")] == GOLDEN


@given(st.integers(0, 2**63 - 1), st.text(max_size=20))
def test_every_sdk_accepts_them(root, name):
    assert 0 <= derive(root, name) < 2**31


def test_issued_seeds_are_remembered_by_name_not_by_order():
    first, second = Seeds(3), Seeds(3)
    a = first["init"], first["split"]
    b = second["split"], second["init"]
    assert a == (b[1], b[0])
    assert first.issued == second.issued == {"init": a[0], "split": a[1]}
