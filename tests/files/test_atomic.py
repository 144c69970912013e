import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qml.files import append_line, write_bytes, write_json, write_text

WRITER = """
import sys
from pathlib import Path
from qml.files import write_text
path, n = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    n += 1
    write_text(path, str(n) * 50_000)
"""


def test_content_and_mode(tmp_path: Path):
    write_text(tmp_path / "deep" / "a.txt", "grün")
    assert (tmp_path / "deep" / "a.txt").read_text(encoding="utf-8") == "grün"
    assert (tmp_path / "deep" / "a.txt").stat().st_mode & 0o777 == 0o644


def test_json_refuses_nan(tmp_path: Path):
    with pytest.raises(ValueError, match="Out of range"):
        write_json(tmp_path / "a.json", {"x": float("nan")})
    assert not (tmp_path / "a.json").exists()
    write_json(tmp_path / "a.json", {"b": 1, "a": "é"})
    assert list(json.loads((tmp_path / "a.json").read_text())) == ["b", "a"]


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path):
    write_bytes(tmp_path / "a", b"old")
    with pytest.raises(TypeError):
        write_bytes(tmp_path / "a", "text")  # type: ignore[arg-type]
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_killed_while_writing_a_reader_sees_a_whole_file(tmp_path: Path):
    path = tmp_path / "a"
    for pause in (0.01, 0.03, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        process.stdout.close()
        if path.exists():
            text = path.read_text()
            number = text[: len(text) // 50_000]
            assert text == number * 50_000


def test_appended_lines(tmp_path: Path):
    append_line(tmp_path / "log", "a")
    append_line(tmp_path / "log", "b")
    assert (tmp_path / "log").read_text() == "a\nb\n"
