"""Lay out the code, configuration and packages of a run in a new folder."""

from pathlib import Path

from qml.errors import RunError
from qml.files import write_bytes, write_text
from qml.records.code import SourceFile, layout
from qml.records.folder import RunFolder
from qml.records.manifest import Manifest
from qml.records.packages import requirements

README = "RESTORED.md"


def restore(run: RunFolder, target: Path, *, root: Path) -> list[str]:
    """Lay out a run: its sources, its resolved configuration and its packages.

    Args:
        run: The run.
        target: Folder to make; may exist if it is empty.
        root: Folder of the project that the run belongs to; its repository holds the commit.

    Returns:
        Paths of the files that were written, relative to the target, sorted.

    Raises:
        RunError: The target is not empty, or the code is not complete.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RunError(f"{target} is not empty", hint="name a folder that does not exist yet")
    manifest = run.manifest()
    files = layout(run.path, manifest, root)
    written = {path: file for path, file in files.items() if _stays_inside(path, target, manifest)}
    for path, file in written.items():
        _write(target / path, file)
    write_bytes(target / "qml.toml", run.config_path.read_bytes())
    # The project may have a requirements file of its own; the run's goes beside it.
    pins = "requirements.txt" if "requirements.txt" not in written else "requirements-run.txt"
    write_text(target / pins, requirements(manifest["packages"]))
    write_text(target / README, _readme(manifest, pins))
    return sorted([*written, "qml.toml", pins, README])


def _stays_inside(path: str, target: Path, manifest: Manifest) -> bool:
    if not (target / path).resolve().is_relative_to(target.resolve()):
        raise RunError(
            f"the code of run {manifest['run_id']} names `{path}`, outside of its folder",
            hint="the run folder was tampered with; do not use it",
        )
    return True


def _write(path: Path, file: SourceFile) -> None:
    write_bytes(path, file.data)
    if file.executable:
        path.chmod(0o755)


def _readme(manifest: Manifest, pins: str) -> str:
    code = manifest["code"]
    left_out = "".join(f"\n- `{path}`" for path in code["left_out"])
    missing = f"\nNot kept with the run, so not here:\n{left_out}\n" if left_out else ""
    source = f"commit `{code['commit']}`" if code["commit"] else "the copy kept with the run"
    changes = " with the uncommitted changes of that moment" if code["dirty"] else ""
    return f"""# Run {manifest["run_id"]}, restored

- code: {source}{changes}
- `qml.toml`: the configuration of the run, every key filled in
- `{pins}`: every package of the run, pinned (Python {manifest["environment"].get("python")})
{missing}
To run it again: `python -m venv .venv`, `.venv/bin/pip install -r {pins}`,
`.venv/bin/qml {manifest["command"]}`.
"""
