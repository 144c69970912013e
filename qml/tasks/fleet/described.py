"""Code, packages and machine of many runs are described once, by the run that they belong to."""

import shutil
from pathlib import Path

from qml.records import Manifest, RunFolder

KEPT_CODE = ("code.tar.gz", "code.diff", "requirements.txt")


def describe_like(run: RunFolder, other: Path) -> None:
    """Describe code, packages and machine of a run as those of another, which are the same.

    Args:
        run: A run that this process has locked.
        other: Folder of a run that is described.
    """
    found: Manifest = RunFolder(other).manifest()
    for name in KEPT_CODE:
        if (other / name).exists():
            shutil.copyfile(other / name, run.path / name)
    *before, session = run.manifest()["sessions"]
    run.update(
        code=found["code"],
        packages=found["packages"],
        environment=found["environment"],
        sessions=[*before, {**session, "code": found["code"]["digest"]}],
    )
