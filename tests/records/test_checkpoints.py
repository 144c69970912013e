import math
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from safetensors import safe_open

from qml.records import Checkpoints

SAVE = """
import sys
from pathlib import Path
import numpy as np
from qml.records import Checkpoints
store = Checkpoints(Path(sys.argv[1]))
print("ready", flush=True)
step = 0
while True:
    step += 1
    store.save(step, {"w": np.full(50_000, step, np.float32)}, {"step": step})
"""


@pytest.fixture
def store(tmp_path):
    return Checkpoints(tmp_path)


def test_arrays_and_state_come_back_bit_for_bit(store):
    arrays = {
        "w": np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32),
        "z": np.array([[1 + 2j]], np.complex64),
        "count": np.array(7, np.int32),
        "key": np.array([1, 2**32 - 1], np.uint32),
        "flag": np.array([True, False]),
        "empty": np.zeros((0, 3)),
        "transposed": np.arange(6.0).reshape(2, 3).T,
    }
    state = {"epoch": 3, "best": 0.1 + 0.2, "name": "ä"}
    store.save(12, arrays, state)
    found, warnings = store.latest()
    assert (found.step, found.state, warnings) == (12, state, [])
    assert math.copysign(1, found.state["best"] - 0.3) == 1
    for name, array in arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].shape == array.shape
        assert np.array_equal(found.arrays[name], array)


def test_the_file_is_plain_safetensors(store):
    path = store.save(1, {"w": np.ones(2)}, {})
    with safe_open(path, "numpy") as file:
        assert list(file.keys()) == ["w"]


def test_the_last_two_are_kept(store, tmp_path):
    for step in (1, 2, 10):
        store.save(step, {}, {})
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "step-000000002.safetensors",
        "step-000000010.safetensors",
    ]
    store.after(2)
    assert store.latest()[0].step == 2


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "rubbish", "state"])
def test_a_damaged_checkpoint_is_skipped_and_told(store, damage):
    store.save(1, {"w": np.ones(100)}, {"epoch": 1})
    newest = store.save(2, {"w": np.ones(100)}, {"epoch": 2})
    data = bytearray(newest.read_bytes())
    match damage:
        case "truncate":
            data = data[: len(data) // 2]
        case "flip":
            data[-3] ^= 1
        case "empty":
            data = bytearray()
        case "rubbish":
            data = bytearray(b"\xff" * 200)
        case "state":
            data = data.replace(b'{\\"epoch\\": 2}', b'{\\"epoch\\": 3}')
    newest.write_bytes(data)
    found, [warning] = store.latest()
    assert found.step == 1
    assert newest.name in warning


def test_no_checkpoint_is_none(store):
    assert store.latest() == (None, [])


def test_killing_while_saving_leaves_a_whole_checkpoint(tmp_path):
    for round_ in range(4):
        command = [sys.executable, "-c", SAVE, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(0.15 + 0.037 * round_)
            process.send_signal(signal.SIGKILL)
        found, warnings = Checkpoints(tmp_path).latest()
        assert warnings == []
        assert found.arrays["w"][0] == found.step == found.state["step"]
