"""`qml emulate ionq` as a process."""

import json
import signal
import subprocess
import sys

import pytest
import typer
from emulators.ionq.api import BELL, Api, circuit_job

from qml.cli.durations import seconds

QML = [sys.executable, "-m", "qml", "emulate", "ionq"]


def test_from_ready_to_the_last_line(tmp_path):
    child = subprocess.Popen(
        [*QML, "--port", "0", "--json", "--queue", "0s", "--state", str(tmp_path / "emu.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        ready = json.loads(child.stdout.readline())
        assert ready["schema"] == "qml.emulator/1"
        assert ready["url"] == f"http://127.0.0.1:{ready['port']}/v0.4"
        assert ready["pid"] == child.pid
        api = Api(type("Running", (), {"port": ready["port"]}))
        api.submit(circuit_job(BELL, backend="qpu.forte-1", shots=10))
        api.close()
        child.send_signal(signal.SIGTERM)
        _, said = child.communicate(timeout=30)
    finally:
        child.kill()
        child.wait(10)
    assert child.returncode == 0
    assert "served 1 submissions: 1 jobs, billed 25.79 USD" in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--noise", "loud"], "no rates are published"),
        (["--fault", "nonsense:1"], "unknown fault `nonsense`"),
        (["--state", "."], "cannot be used"),
    ],
)
def test_options_that_make_no_sense(options, message, capsys):
    from qml.cli.app import build

    with pytest.raises(SystemExit) as ended:
        build()(["emulate", "ionq", "--port", "0", *options])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"), [("2s", 2), ("500ms", 0.5), ("1m", 60), ("1h", 3600), ("0.25", 0.25)]
)
def test_lengths_of_time(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "x", "2 weeks", "-1s", "inf", "nan"])
def test_what_is_no_length_of_time(text):
    with pytest.raises(typer.BadParameter):
        seconds(text)
