"""`qml sample llm` from the command line: where prompts come from, how results go out."""

import json

import pytest
from typer.testing import CliRunner

from qml.cli.app import build
from qml.testing.fake_language_server import FakeLanguageServer

COLOURS = ["red", "blue", "blue!", "green", "dark green", "a light blue", "yellow"]
ODD = 'say "hi"\n\tto \\ them, \u007f\N{SNOWMAN}\N{PARTY POPPER}'


@pytest.fixture
def place(tmp_path, compiled, monkeypatch):
    (tmp_path / "qml.toml").write_text('[project]\nname = "answers"\n[tracking]\nname = "none"\n')
    monkeypatch.setenv("QML_CACHE_DIR", str(compiled))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def server():
    with FakeLanguageServer() as found:
        yield found


def qml(*words, code=0, stdin=""):
    found = CliRunner().invoke(build(), ["sample", *words], input=stdin)
    assert found.exit_code == code, found.output
    return found


def llm(*words, **rest):
    return qml("llm", "--embedder", "hashing", *words, **rest)


def config(place):
    manifests = (place / "runs").glob("2*/manifest.json")  # ids of one second have no order
    latest = max(manifests, key=lambda path: path.stat().st_mtime_ns)
    return json.loads(latest.read_text())["config"]["sample"]


def batch(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_a_batch_by_standard_input_gives_a_line_for_each_prompt(place):
    rows = batch(
        {"prompt": "Name a colour", "id": "c", "answers": COLOURS},
        {"prompt": "Another", "answers": COLOURS[:4]},
    )
    found = llm("-k", "3", stdin=rows)
    first, second = (json.loads(line) for line in found.stdout.splitlines())
    assert (first["id"], first["line"], second["id"]) == ("c", 1, "2")
    assert len(first["chosen"]) == 3
    assert {c["text"] for c in first["chosen"]} <= set(COLOURS)
    assert first["scores"]["mean_logprob"] is None
    assert "2 prompts, 2 choices proven optimal" in found.stderr
    (place / "rows.jsonl").write_text(rows)
    whole = json.loads(llm("-k", "3", "--file", "rows.jsonl", "--json").stdout)
    assert whole["schema"] == "qml.sample-llm/1"
    assert whole["prompts"][0]["chosen"] == whole["prompts"][0]["chosen"]


def test_bad_lines_are_told_with_their_numbers(place):
    rows = "nonsense\n" + batch({"prompt": "x", "answers": COLOURS})
    found = llm("-k", "3", stdin=rows, code=2)
    assert "line 1: not JSON" in found.stderr
    assert "leave them out with --skip-bad" in found.stderr
    assert not list((place / "runs").glob("2*"))
    found = llm("-k", "3", "--skip-bad", stdin=rows)
    assert "line 1 is skipped: not JSON" in found.stderr
    *_, last = (json.loads(line) for line in found.stdout.splitlines())
    assert last["line"] == 1
    assert last["error"].startswith("not JSON")


def test_every_option_reaches_the_configuration(place, server):
    model = f"openai:tiny@{server.base}"
    words = ["-m", model, "-n", "6", "-k", "2", "-s", "be brief", "-o", "temperature=.7"]
    words += ["-o", "max_tokens=9", "--seed", "5", "--quota", "last=1:1", "--select", "diverse"]
    words += ["--attribute", r"last=(\d)$", "--weight", ".5", "--solver", "exact"]
    words += ["--extract", r"\d+", "--uncertainty", "--explain", "--name", "mine"]
    found = llm(ODD, *words)
    section = config(place)
    assert section["seed"] == 5
    told = section["llm"]
    assert told["prompts"] == [ODD]
    assert told["options"] == {"temperature": 0.7, "max_tokens": 9}
    assert told["attributes"] == {"last": r"(\d)$"}
    assert (told["n"], told["k"], told["system"], told["weight"]) == (6, 2, "be brief", 0.5)
    asked = [request["messages"][0] for request in server.requests]
    assert {"role": "system", "content": "be brief"} in asked
    for said in (
        'say "hi"  2 of 6',
        "random, mean",
        "greedy + swap",
        "chosen, proven optimal",
        "p(true) of the commonest",
        "swap costs",
        "quota last=1: 1 chosen, 1 wished",
        "no cap of qml limits it",
    ):
        assert said in found.stdout, said


def test_a_prompt_by_standard_input_is_a_text(place, server):
    model = ["-m", f"openai:tiny@{server.base}", "-n", "2", "-k", "1"]
    llm(*model, stdin="Write a line\nof verse\n")
    assert config(place)["llm"]["prompts"] == ["Write a line\nof verse"]
    llm("-", *model, stdin='{"prompt": "no batch"}')
    assert config(place)["llm"]["prompts"] == ['{"prompt": "no batch"}']


def test_without_arguments_the_configuration_says_it(place):
    (place / "rows.jsonl").write_text(batch({"prompt": "Name a colour", "answers": COLOURS}))
    with (place / "qml.toml").open("a") as toml:
        toml.write('[sample]\nkind = "llm"\n[sample.llm]\nfile = "rows.jsonl"\nk = 2\n')
        toml.write('embedder = "hashing"\n')
    assert "Name a colour  2 of 7" in qml().stdout
    assert len(llm().stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "there is no prompt"),
        (("",), "prompt 1 is empty"),
        (("-",), "prompt 1 is empty"),
        (("x", "--file", "y"), "there is a prompt and a --file"),
        (("x", "-o", "temperature"), "-o `temperature`: expected NAME=VALUE"),
        (("x", "-o", "temperature=hot"), "`temperature` is 'hot', not a number"),
        (("x", "-m", "gguf:none"), "no model file"),
        (("x", "-k", "9", "-n", "8"), "9 answers cannot be chosen of 8"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(place, words, said):
    found = llm(*words, code=2)
    assert said in found.stderr
    assert not list((place / "runs").glob("2*"))


@pytest.mark.long
def test_a_real_model_answers_and_is_replayed(place):
    pytest.importorskip("xllamacpp")
    words = ["-m", "gguf:smollm2", "-n", "4", "-k", "2", "-o", "max_tokens=6", "--json"]
    found = json.loads(llm("Name a fruit.", *words).stdout)
    (prompt,) = found["prompts"]
    assert prompt["scores"]["mean_logprob"] < 0
    assert len(found["model"]["sha256"]) == 64
    again = CliRunner().invoke(build(), ["replay", found["run_id"], "--json"])
    assert json.loads(again.stdout)["verdict"] == "identical"


def test_standard_input_without_an_end_is_refused(place, monkeypatch):
    monkeypatch.setattr("qml.cli.sample.answers.MOST_BYTES", 2 * 2**20)
    found = llm("-", "-m", "openai:x@http://127.0.0.1:9/v1", code=2, stdin="a" * (2**21 + 1))
    assert "standard input is longer than 2 MiB" in found.stderr
    assert not (place / "runs").exists()
