"""`qml sample llm`: chosen, recorded, repeated; interrupted and gone on with; refused in time."""

import json
import os
import signal
from contextlib import contextmanager

import jsonschema
import pytest

from qml.config import load
from qml.errors import ConfigError, DataError, InterruptedRunError, PlanError, UsageError
from qml.ports import Silence, SystemClock
from qml.report import schemas
from qml.session import World
from qml.tasks import sample
from qml.tasks.replay import replay
from qml.tasks.resume import resume
from qml.testing.fake_language_server import FakeLanguageServer, Fault

COLOURS = ["red", "blue", "blue!", "green", "dark green", "a light blue", "yellow"]


class Stopper(Silence):
    """Asks to stop, as Ctrl-C does, once so many answers have come."""

    def __init__(self, after):
        self.left = after

    @contextmanager
    def bar(self, title, total):
        yield self if title == "answers" else _Still()

    def advance(self, steps=1, **facts):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGINT)


class Breaker(Stopper):
    """Makes the server refuse its next request, once so many answers have come."""

    def __init__(self, server, after):
        super().__init__(after)
        self.server = server

    def advance(self, steps=1, **facts):
        self.left -= 1
        if self.left == 0:
            self.server.faults = [Fault(401, "no such key")]


class _Still:
    def advance(self, steps=1, **facts):
        pass


@pytest.fixture
def place(tmp_path, compiled, monkeypatch):
    (tmp_path / "qml.toml").write_text('[project]\nname = "answers"\n[tracking]\nname = "none"\n')
    monkeypatch.setenv("QML_CACHE_DIR", str(compiled))
    return tmp_path


def world(progress=None):
    return World(environ=os.environ, progress=progress or Silence(), clock=SystemClock())


def loaded(place, *, rows=None, **values):
    """Return a configuration; rows become a batch."""
    if rows is not None:
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (place / "batch.jsonl").write_text(lines)
        values["file"] = "batch.jsonl"
    facts = {"k": 3, "embedder": "hashing", **values}
    flat = {}
    for key, value in facts.items():
        flat |= (
            {f"{key}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {key: value}
        )
    flags = [f"sample.llm.{key}={json.dumps(value)}" for key, value in flat.items()]
    return load(place, environ={}, flags=["sample.kind=llm", *flags])


def run(place, found, progress=None):
    folder = sample.begin(found, name=None, world=world())
    sample.run(folder, found.config, place, world(progress))
    document = json.loads((folder.path / "outcome.json").read_text())
    jsonschema.validate(document, schemas.load("qml.sample-llm/1"))
    return folder, document


def test_given_answers_are_chosen_from_without_a_model(place):
    told = {"text": "violet", "logprob": -0.5, "warm": False}
    rows = [{"prompt": "Name a colour", "id": "c", "answers": [*COLOURS, told]}]
    folder, document = run(place, loaded(place, rows=rows, explain=True))
    (prompt,) = document["prompts"]
    assert prompt["given"]
    assert prompt["id"] == "c"
    assert prompt["n"] == 8
    assert prompt["proven"]
    assert len(prompt["chosen"]) == 3
    assert prompt["answers"][7]["attributes"] == {"warm": "False"}
    assert [r["name"] for r in prompt["rivals"]][-1] == "exact"
    assert prompt["scores"]["mean_logprob"] is None, "unavailable, and not 0"
    assert document["metrics"]["mean_logprob"] is None
    assert "log-probabilities are unavailable" in " ".join(document["notes"])
    assert document["model"] == {}
    assert document["cost"]["billed"] == "0.00"
    assert "Chosen answers" in folder.report_path.read_text()
    assert "Why these" in folder.report_path.read_text()
    assert replay(folder, place, world())["verdict"] == "identical"


def test_a_server_is_asked_once_and_its_answers_are_kept(place):
    with FakeLanguageServer() as server:
        found = loaded(
            place, prompts=["hi"], model=f"openai:tiny@{server.base}", n=6, options={"top_p": 0.9}
        )
        folder, document = run(place, found)
        assert [a["tokens"] for a in document["prompts"][0]["answers"]] == [3] * 6
        assert "no cap of qml limits it" in " ".join(document["notes"])
        assert document["cost"]["billed"] == "unknown"
        assert "unknown: what a server or a command" in folder.report_path.read_text()
        asked = len(server.requests)
        again = replay(folder, place, world())
        assert len(server.requests) == asked, "a replay asks no server"
    assert again["verdict"] == "identical"
    latest = json.loads((folder.path.parent / again["replay_run_id"] / "outcome.json").read_text())
    assert "cannot be made to repeat" in " ".join(latest["notes"])
    assert len((folder.artifacts / "answers.jsonl").read_text().splitlines()) == 6
    assert server.requests[0]["top_p"] == 0.9


def test_a_server_that_is_down_is_told(place):
    with FakeLanguageServer() as server:
        base = server.base
    found = loaded(place, prompts=["hi"], model=f"openai:tiny@{base}")
    with pytest.raises(Exception, match="no server answers at"):
        run(place, found)


def test_one_prompt_goes_on_with_the_answers_there_are(place):
    with FakeLanguageServer(ignores_n=True) as server:
        found = loaded(place, prompts=["hi"], model=f"openai:tiny@{server.base}", n=12)
        folder, document = run(place, found, Stopper(4))
        assert folder.manifest()["status"] == "finished"
        (prompt,) = document["prompts"]
        assert (prompt["asked"], prompt["n"]) == (12, 4)
        assert "stopped early: chosen from 4 of 12 answers" in document["notes"]
        assert replay(folder, place, world())["verdict"] == "identical"


def test_all_that_came_in_one_reply_is_kept(place):
    with FakeLanguageServer() as server:
        found = loaded(place, prompts=["hi"], model=f"openai:tiny@{server.base}", n=6)
        _, document = run(place, found, Stopper(2))
        assert len(server.requests) == 1
    assert document["prompts"][0]["n"] == 6, "they are paid for"


def test_a_batch_is_interrupted_and_gone_on_with(place):
    rows = [{"prompt": "one", "id": "a"}, {"prompt": "two", "id": "b"}]
    with FakeLanguageServer(ignores_n=True) as server:
        found = loaded(place, rows=rows, model=f"openai:tiny@{server.base}", n=4)
        folder = sample.begin(found, name=None, world=world())
        with pytest.raises(InterruptedRunError, match="after 1 of 2 prompts; the answers so far"):
            sample.run(folder, found.config, place, world(Stopper(7)))
        assert folder.manifest()["status"] == "interrupted"
        assert len((folder.artifacts / "answers.jsonl").read_text().splitlines()) == 7
        (place / "batch.jsonl").unlink()  # the run has a copy
        asked = [request["messages"][-1]["content"] for request in server.requests]
        document = resume(folder, place, world())
        later = [r["messages"][-1]["content"] for r in server.requests][len(asked) :]
        seeds = [request["seed"] for request in server.requests]
    assert later == ["two"], "what is there is not asked again"
    assert len(set(seeds)) == 8, "the missing place has its own seed"
    assert [prompt["id"] for prompt in document["prompts"]] == ["a", "b"]
    assert [prompt["n"] for prompt in document["prompts"]] == [4, 4]


def test_answers_are_kept_where_a_server_fails_midway(place):
    with FakeLanguageServer(ignores_n=True) as server:
        found = loaded(place, prompts=["hi"], model=f"openai:tiny@{server.base}", n=4)
        folder = sample.begin(found, name=None, world=world())
        with pytest.raises(Exception, match="no such key"):
            sample.run(folder, found.config, place, world(Breaker(server, after=2)))
        assert folder.manifest()["status"] == "failed"
        asked = len(server.requests)
        document = resume(folder, place, world())
        assert len(server.requests) == asked + 2, "what is paid for is not bought again"
    assert document["prompts"][0]["n"] == 4


PLUGIN = """
from qml.algorithms.solvers.local_search import Options, propose as search
QUANTUM = True

def propose(task, options):
    assert task.evaluator is not None
    yield from search(task, options)
"""


def test_a_plugged_in_quantum_solver_has_an_evaluator_and_a_classical_rival(
    place, tmp_path, monkeypatch
):
    info = tmp_path / "site" / "mine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[qml.solvers.v1]\nmine = mine\n")
    (info.parent / "mine.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(info.parent)
    rows = [{"prompt": "Name a colour", "answers": COLOURS}]
    _, document = run(place, loaded(place, rows=rows, solver="mine"))
    (prompt,) = document["prompts"]
    assert [rival["name"] for rival in prompt["rivals"]][-2:] == ["exact", "mine"]
    assert "(classical)" in prompt["verdict"]


BAD = [
    ({"prompts": []}, ConfigError, "there is no prompt"),
    ({"prompts": [" "]}, DataError, "prompt 1 is empty"),
    ({"prompts": ["x"], "file": "y"}, ConfigError, "cannot stand beside"),
    ({"prompts": ["x"]}, ConfigError, "no model is named"),
    ({"prompts": ["x"], "n": 2}, PlanError, "3 answers cannot be chosen of 2"),
    ({"prompts": ["x"], "model": "gguf:none.gguf"}, UsageError, "no model file"),
    ({"prompts": ["x"], "model": "smollm2"}, UsageError, "names no language model"),
    ({"file": "none.jsonl"}, DataError, "cannot be read: No such file"),
    ({"prompts": ["x"], "options": {"heat": 1}}, ConfigError, "no setting `heat`"),
    ({"prompts": ["x"], "options": {"temperature": 9}}, ConfigError, "lies in 0 to 5"),
    ({"prompts": ["x"], "options": {"max_tokens": 1.5}}, ConfigError, "not a number"),
    ({"prompts": ["x"], "solver": "magic"}, UsageError, "unknown solver `magic`"),
    ({"prompts": ["x"], "quotas": ["g"]}, ConfigError, "quota `g` cannot be read"),
    ({"prompts": ["x"], "quotas": ["g=f:2"]}, ConfigError, "have no attribute `g`"),
    ({"prompts": ["x"], "quotas": ["g=f:2"], "select": "majority"}, ConfigError, "majority"),
    ({"prompts": ["x"], "extract": "("}, ConfigError, "not valid"),
    ({"prompts": ["x"], "attributes": {"g": "["}, "quotas": ["g=1"]}, ConfigError, "not valid"),
]


@pytest.mark.parametrize(("values", "error", "words"), BAD)
def test_bad_input_is_refused_before_a_run_is_made(place, values, error, words):
    with pytest.raises(error, match=words):
        sample.begin(loaded(place, **values), name=None, world=world())
    assert not (place / "runs").exists()


def test_a_key_is_looked_for_where_the_caller_says(place, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    found = loaded(place, prompts=["x"], model="openai:tiny")
    with pytest.raises(UsageError, match="wants a key"):
        sample.begin(found, name=None, world=world())
    own = World(
        environ={**os.environ, "OPENAI_API_KEY": "sk-test-own"},
        progress=Silence(),
        clock=SystemClock(),
    )
    assert sample.begin(found, name=None, world=own).manifest()["status"] == "running"


def test_lines_that_cannot_be_used_are_named_or_skipped(place):
    good = {"prompt": "x", "answers": COLOURS}
    lines = [json.dumps(good), "nonsense", '{"prompt": ""}', '{"prompt": "y", "answers": ["a"]}']
    (place / "lines.jsonl").write_text("\n".join(lines))
    with pytest.raises(DataError, match=r"3 lines of lines\.jsonl cannot be used") as found:
        sample.begin(loaded(place, file="lines.jsonl"), name=None, world=world())
    assert "line 2: not JSON" in found.value.details
    assert "line 4: 3 cannot be chosen of 1 answers" in found.value.details
    _, document = run(place, loaded(place, file="lines.jsonl", skip_bad=True))
    assert [bad["line"] for bad in document["skipped"]] == [2, 3, 4]
    assert len(document["prompts"]) == 1


def test_quotas_of_given_answers_are_checked_before_a_run_is_made(place):
    given = [{"text": t, "g": "f"} for t in COLOURS]
    rows = [{"prompt": "x", "id": "q", "answers": given}]
    for quota, words in (
        ("g=m:1", "prompt `q`: quota `g=m` asks for 1, but there are 0"),
        ("age=1", "prompt `q`: quota `age=1`: no answer has an attribute `age`"),
        ("g=f:4", "quota `g=f:4` asks for 4, but 3 are chosen"),
    ):
        with pytest.raises(PlanError, match=words):
            sample.begin(loaded(place, rows=rows, quotas=[quota]), name=None, world=world())
    assert not (place / "runs").exists()


def test_a_vendors_machine_is_refused(place):
    found = load(
        place,
        environ={},
        flags=[
            "sample.kind=llm",
            'sample.llm.prompts=["x"]',
            "sample.llm.embedder=hashing",
            "sample.llm.model=openai:x@http://127.0.0.1:1/v1",
            "backend.name=ionq",
        ],
    )
    with pytest.raises(PlanError, match="`ionq` is no place for this"):
        sample.begin(found, name=None, world=world())
