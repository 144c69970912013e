import subprocess
import sys
from pathlib import Path

from qml.files import FileLock

HOLDER = """
import sys, time
from pathlib import Path
from qml.files import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
time.sleep(60)
"""


def test_one_owner_at_a_time_and_the_dead_own_nothing(tmp_path: Path):
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline().strip() == "True"
        assert not FileLock(path).acquire()
        assert path.read_text().strip() == str(holder.pid)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    mine = FileLock(path)
    assert mine.acquire()
    assert not FileLock(path).acquire()
    mine.release()
    with FileLock(path):
        assert not FileLock(path).acquire()
