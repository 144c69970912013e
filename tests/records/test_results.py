import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.backends.base import Results
from qml.errors import RunError
from qml.files import digest_json
from qml.records.results import ResultFiles
from qml.records.secrets import REMOVED, Scrubber
from qml.results.counts import Counts
from qml.results.usage import Usage

DIGEST = "ab" + "0" * 62
FACTS = {
    "provider": "ionq",
    "device": "forte-1",
    "job_id": "j-1",
    "key": "8d0c",
    "run_id": "20261121-first",
    "name": "step/1/0/0",
}
RESULTS = Results(
    counts=(Counts(2, {"11": 3, "00": 97}), Counts(3, {"010": 100})),
    usage=Usage(submissions=1, circuits=2, shots=200, one_qubit=5, two_qubit=1, seconds=0.1 + 0.2),
)


class Told:
    def __init__(self):
        self.said = []

    def bar(self, title, total):
        raise AssertionError("a store shows no bar")

    def say(self, message):
        self.said.append(message)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def store(tmp_path, told, clock):
    return ResultFiles(tmp_path, told, clock=clock, scrubber=Scrubber({"API_KEY": "s3cr3t-value"}))


def path_of(folder):
    return folder / "ab" / f"{DIGEST}.json"


def test_what_was_put_comes_back_equal(store, told):
    store.put(DIGEST, RESULTS, FACTS)
    assert store.get(DIGEST) == RESULTS
    assert list(store.get(DIGEST).counts[0].tally) == ["11", "00"]
    assert told.said == []


def test_nothing_is_none(store):
    assert store.get(DIGEST) is None


def test_the_file_is_as_documented(store, tmp_path):
    store.put(DIGEST, RESULTS, FACTS)
    document = json.loads(path_of(tmp_path).read_text())
    assert list(document) == [
        "schema", "digest", "counts", "usage", "facts", "moment", "checksum",
    ]  # fmt: skip
    assert document["schema"] == "qml.result/1"
    assert document["facts"] == FACTS
    assert document["moment"].startswith("2026-11-21T")
    assert document["counts"][1] == {"wires": 3, "tally": {"010": 100}}


def test_a_run_may_ask_for_its_own_alone(store):
    store.put(DIGEST, RESULTS, FACTS)
    assert store.get(DIGEST, where={"run_id": "20261121-first"}) == RESULTS
    assert store.get(DIGEST, where={"run_id": "another"}) is None


def test_putting_again_replaces(store):
    store.put(DIGEST, RESULTS, FACTS)
    other = Results(counts=(Counts(1, {"1": 1}),))
    store.put(DIGEST, other, {**FACTS, "run_id": "another"})
    assert store.get(DIGEST) == other


def test_another_sample_of_the_same_takes_nothing_away(store, told):
    """`--fresh` buys again what was bought: both were paid for."""
    store.put(DIGEST, RESULTS, FACTS)
    again = Results(counts=(Counts(1, {"1": 1}),))
    for _ in range(2):
        store.put(DIGEST, again, {**FACTS, "run_id": "another", "key": "77aa"})
    assert store.get(DIGEST) == RESULTS, "the first, as whoever reused it had it"
    assert store.get(DIGEST, where={"run_id": FACTS["run_id"]}) == RESULTS
    assert store.get(DIGEST, where={"run_id": "another"}) == again
    assert store.get(DIGEST, where={"key": "77aa"}) == again
    assert told.said == []


@pytest.mark.parametrize("damage", ["cut", "empty", "flip", "rubbish", "list", "swap", "schema"])
def test_damage_is_told_of_and_set_aside(store, tmp_path, told, damage):
    store.put(DIGEST, RESULTS, FACTS)
    path = path_of(tmp_path)
    document = json.loads(path.read_text())
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[:-40])
        case "empty":
            path.write_bytes(b"")
        case "flip":
            path.write_text(path.read_text().replace("97", "96"))
        case "rubbish":
            path.write_bytes(b"\xff\xfe\x00")
        case "list":
            path.write_text("[]")
        case "swap":
            _rewrite(path, document | {"digest": "cd" + "0" * 62})
        case "schema":
            _rewrite(path, document | {"schema": "another/1"})
    before = path.read_bytes()
    assert store.get(DIGEST) is None
    assert len(told.said) == 1
    assert "damaged" in told.said[0]
    assert not path.exists()
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == before
    assert store.get(DIGEST) is None, "it counts as none ever after"


def _rewrite(path, document):
    document = {k: v for k, v in document.items() if k != "checksum"}
    path.write_text(json.dumps(document | {"checksum": digest_json(document)}))


def test_every_damaged_file_is_kept(store, tmp_path, told):
    for number in (1, 2):
        store.put(DIGEST, RESULTS, FACTS)
        path_of(tmp_path).write_text(f"{number}")
        store.get(DIGEST)
    aside = sorted(p.read_text() for p in (tmp_path / "ab").iterdir())
    assert aside == ["1", "2"]
    assert len(told.said) == 2


def test_a_newer_schema_is_refused_and_left_alone(store, tmp_path):
    store.put(DIGEST, RESULTS, FACTS)
    path = path_of(tmp_path)
    _rewrite(path, json.loads(path.read_text()) | {"schema": "qml.result/2"})
    with pytest.raises(RunError, match="newer qml"):
        store.get(DIGEST)
    assert path.exists()


def test_secrets_are_scrubbed(store, tmp_path):
    store.put(DIGEST, RESULTS, FACTS | {"device": "at s3cr3t-value", "token": "abc"})
    text = path_of(tmp_path).read_text()
    assert "s3cr3t-value" not in text
    assert json.loads(text)["facts"]["token"] == REMOVED
    assert store.get(DIGEST) == RESULTS


def test_only_counts_and_only_digests(store):
    with pytest.raises(RunError, match="only counts"):
        store.put(DIGEST, Results(), FACTS)
    for wrong in ("../../etc/passwd", DIGEST.upper(), DIGEST[:-1], ""):
        with pytest.raises(RunError, match="no digest"):
            store.get(wrong)


def test_what_cannot_be_written_or_read_is_said(tmp_path, told, clock):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RunError, match="cannot be kept"):
        ResultFiles(blocked, told, clock=clock).put(DIGEST, RESULTS, FACTS)
    folder = tmp_path / "folder"
    (folder / "ab" / f"{DIGEST}.json").mkdir(parents=True)
    with pytest.raises(RunError, match="cannot be read"):
        ResultFiles(folder, told, clock=clock).get(DIGEST)


@given(
    tallies=st.lists(
        st.dictionaries(
            st.integers(0, 15).map(lambda i: f"{i:04b}"), st.integers(1, 10**6), max_size=16
        ),
        max_size=4,
    ),
    seconds=st.floats(0, 1e9),
)
def test_any_counts_come_back(tmp_path_factory, tallies, seconds):
    store = ResultFiles(tmp_path_factory.getbasetemp() / "any", Told())
    results = Results(
        counts=tuple(Counts(4, tally) for tally in tallies), usage=Usage(seconds=seconds)
    )
    store.put(DIGEST, results, FACTS)
    assert store.get(DIGEST) == results
