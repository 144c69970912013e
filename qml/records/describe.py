"""Fill in what a manifest can say before the work begins."""

import shutil
from pathlib import Path

from qml.files import write_text
from qml.records.code import describe_code
from qml.records.environment import describe_environment
from qml.records.folder import RunFolder
from qml.records.manifest import Manifest
from qml.records.packages import describe_packages, requirements

KEPT_CODE = ("code.tar.gz", "code.diff", "requirements.txt")


def describe(run: RunFolder, root: Path) -> Manifest:
    """Record code, packages and machine of a run, and pin the packages in `requirements.txt`.

    Takes about 0.2 s and may run in a thread beside the first imports. Call
    `describe_environment` again at the end of the run to record accelerators, which are known
    once JAX is imported.

    A resumed run is described again: the code that is kept is that of its last session, and
    `sessions` shows whether it changed in between.

    Args:
        run: A run that this process has locked.
        root: Folder of the project.
    """
    packages, code = describe_packages(), describe_code(root, run.path)
    write_text(run.requirements_path, requirements(packages))
    *before, session = run.manifest()["sessions"]
    return run.update(
        code=code,
        packages=packages,
        environment=describe_environment(),
        sessions=[*before, {**session, "code": code["digest"]}],
    )


def describe_like(run: RunFolder, other: Path) -> Manifest:
    """Record code, packages and machine of a run as those of another, which are the same.

    Args:
        run: A run that this process has locked.
        other: Folder of a run that is described.
    """
    found = RunFolder(other).manifest()
    for name in KEPT_CODE:
        if (other / name).exists():
            shutil.copyfile(other / name, run.path / name)
    *before, session = run.manifest()["sessions"]
    return run.update(
        code=found["code"],
        packages=found["packages"],
        environment=found["environment"],
        sessions=[*before, {**session, "code": found["code"]["digest"]}],
    )
