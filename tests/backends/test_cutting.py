from qml.backends.cutting import cut
from qml.circuits import Work
from qml.testing.circuits import bell


def test_what_fits_stays_as_it_is():
    work = Work(circuits=(bell(), bell()), shots=10, seed=7)
    assert cut(work, 2) == [work]
    assert cut(Work(circuits=()), 3) == [Work(circuits=())]


def test_equal_circuits_in_two_parts_are_two_purchases():
    work = Work(circuits=(bell(),) * 5, shots=10, seed=7)
    parts = cut(work, 2)
    assert [len(part.circuits) for part in parts] == [2, 2, 1]
    assert parts[0].seed == 7
    assert len({part.digest for part in parts}) == 3
    assert cut(work, 2) == parts
