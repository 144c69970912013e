import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.errors import ProviderError
from qml.records import (
    MetricsWriter,
    RunFolder,
    Scrubber,
    describe,
    free_charge,
    without_credentials,
    write_costs,
)

# What an address may hold before its @ without being escaped.
PRINTABLE = "abcXYZ019-._~!$&()*+,;=:%"
KEY = "k3y-that-must-never-be-written"
PASSWORD = "hunter2hunter2"
URI = f"https://anna:{PASSWORD}@tracking.example.org:5000/mlflow"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (URI, "https://tracking.example.org:5000/mlflow"),
        ("postgresql://u:p%40w@db/x", "postgresql://db/x"),
        ("redis://:pass@cache:6379", "redis://cache:6379"),
        ("https://h/x?token=abc&page=2", "https://h/x?token=(removed)&page=2"),
        ("sqlite:///.qml/mlflow.db", "sqlite:///.qml/mlflow.db"),
        (
            "mail to anna@example.org about https://h/x",
            "mail to anna@example.org about https://h/x",
        ),
        ("https://h/@scope/x", "https://h/@scope/x"),
    ],
)
def test_addresses_lose_their_credentials_and_nothing_else(given, kept):
    assert Scrubber({}).text(given) == kept


@given(
    user=st.text(alphabet=PRINTABLE, max_size=20),
    password=st.text(alphabet=PRINTABLE, min_size=12, max_size=20),
    before=st.text(max_size=20),
    after=st.sampled_from(["", "/path", ":5000/x?y=1", " and more"]),
)
def test_no_password_in_an_address_survives(user, password, before, after):
    text = Scrubber({}).text(f"{before} https://{user}:{password}@host{after}")
    assert text.endswith(f"https://host{after}")
    assert text.startswith(before.split("://")[0])


def test_values_of_secret_variables_vanish_wherever_they_stand():
    environ = {
        "IONQ_API_KEY": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY + "x",
        "TOKEN_FILE": "/etc/token-x",
    }
    text = Scrubber(environ).text(f"401 for key {KEY}x, {KEY}; see /etc/token-x")
    assert text == "401 for key (removed), (removed); see /etc/token-x"


def test_keys_called_secret_lose_their_values():
    document = {"api_key": "abc", "password": "x", "tokens": 5, "keys": ["a"], "target": "y"}
    expected = {**document, "api_key": "(removed)", "password": "(removed)"}
    assert Scrubber({}).document(document) == expected


def test_an_address_without_credentials_or_query():
    assert without_credentials(URI + "?x=1#y") == "https://tracking.example.org:5000/mlflow"


def test_no_secret_reaches_the_disk(tmp_path, monkeypatch):
    """Credentials in the environment, configuration, code, diff and errors: none is written."""
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY[::-1])
    monkeypatch.setenv("JAX_PROXY", URI)
    monkeypatch.setenv("QML_TRACKING__URI", URI)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project = tmp_path / "project"
    project.mkdir()
    (project / "qml.toml").write_text(f'[tracking]\nuri = "{URI}"\n')
    (project / "model.py").write_text(f'KEY = "{KEY}"\nURI = "{URI}"\n')
    (project / ".env").write_text(f"IONQ_API_KEY={KEY}\n")
    for round_ in ("no git", "untracked", "tracked"):
        if round_ == "untracked":
            subprocess.run(["git", "init", "-q"], cwd=project, check=True)
            commit(project, "--allow-empty")
        if round_ == "tracked":
            subprocess.run(["git", "add", ".env", "model.py"], cwd=project, check=True)
            commit(project)
            (project / "model.py").write_text(f'KEY = "{KEY}"\nURI = "{URI}/changed"\n')
            (project / ".env").write_text(f"IONQ_API_KEY={KEY}2\n")
        config = {"tracking": {"uri": URI}, "backend": {"api_key": "short"}}
        run = RunFolder.create(project / "runs", name=None, config=config, command="train")
        describe(run, project)
        with MetricsWriter(run.metrics_path) as metrics:
            metrics.write(1, {"loss": 0.5})
        write_costs(run.costs_path, [free_charge(run.id, "jax", start=0, end=1)])
        run.write_document(run.outcome_path, {"verdict": f"see {URI}"})
        run.finalise("failed", error=ProviderError(f"401 {KEY}", hint=f"check {URI}"))
        everything = written(run.path)
        for secret in (KEY, KEY[::-1], PASSWORD, "anna"):
            assert secret.encode() not in everything
        assert b"tracking.example.org" in everything
        assert b"IONQ_API_KEY" not in everything


def commit(project, *options):
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", *who, "commit", "-qm", "x", *options], cwd=project, check=True)


def written(folder):
    import gzip

    parts = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            parts.append(gzip.decompress(data) if path.suffix == ".gz" else data)
    return b"\n".join(parts)


def test_a_short_key_for_an_emulator_takes_no_words_out_of_the_records(monkeypatch):
    monkeypatch.setattr("qml.credentials._known", {"ionq", "a-key-of-some-length"})
    found = Scrubber({}).document({"provider": "ionq", "said": "no a-key-of-some-length"})
    assert found == {"provider": "ionq", "said": "no (removed)"}
