import subprocess

from qml.records.code.collect import blob, collect


def test_files_named_like_credentials_are_never_read(tmp_path):
    names = [".env", ".env.local", "server.PEM", "aws_credentials.json", "id_rsa", "secrets.toml"]
    for name in [*names, "secrets.py", "model.py"]:
        (tmp_path / name).write_text("x")
    found = collect(tmp_path, [*names, "secrets.py", "model.py"])
    assert set(found.files) == {"secrets.py", "model.py"}
    assert found.left_out == sorted(names)


def test_many_small_files_stop_at_the_limit_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr("qml.records.code.collect.LARGEST_TOTAL", 10)
    for name in "abc":
        (tmp_path / name).write_text("12345")
    found = collect(tmp_path, "abc")
    assert (list(found.files), found.left_out) == (["a", "b"], ["c"])


def test_blobs_are_named_as_git_names_them(tmp_path):
    (tmp_path / "x").write_bytes(b"some bytes\n")
    done = subprocess.run(
        ["git", "hash-object", "x"], cwd=tmp_path, capture_output=True, check=True
    )
    assert blob(b"some bytes\n") == done.stdout.decode().strip()
