"""Put the sources of a run together again: the commit, then what differed from it."""

from pathlib import Path

from qml.errors import RunError
from qml.records.code.archive import SourceFile, unpack
from qml.records.code.git import Git, NoGitError
from qml.records.code.sources import CONFIG, is_secret_file
from qml.records.manifest import Manifest


def layout(run: Path, manifest: Manifest, root: Path) -> dict[str, SourceFile]:
    """Return the sources of a run by path relative to the project's folder.

    Args:
        run: Folder of the run.
        manifest: Its manifest.
        root: Folder of the project, whose repository holds the commit.

    Raises:
        RunError: The commit is not in this repository, or the archive is gone.
    """
    code = manifest["code"]
    if not code:
        raise RunError(
            f"run {manifest['run_id']} holds no code", hint="it died before its code was recorded"
        )
    files = _committed(root, code["commit"]) if code["commit"] else {}
    # What was left out was changed too; the committed version would pass for the run's.
    for path in (*code["deleted"], *code["left_out"]):
        files.pop(path, None)
    return files | _kept(run, manifest)


def _committed(root: Path, commit: str) -> dict[str, SourceFile]:
    git = Git(root)
    try:
        blobs = {
            path: blob
            for path, blob in git.files(commit).items()
            if path != CONFIG and not is_secret_file(path)
        }
        contents = git.contents(blobs)
    except NoGitError as error:
        raise RunError(
            f"commit {commit[:12]} cannot be read in {root}: {error}",
            hint="fetch it (`git fetch --all`) or go to the repository that holds it",
        ) from error
    return {path: SourceFile(contents[path], blobs[path].executable) for path in blobs}


def _kept(run: Path, manifest: Manifest) -> dict[str, SourceFile]:
    archive = manifest["code"]["archive"]
    if archive is None:
        return {}
    path = run / archive["path"]
    if not path.is_file():
        raise RunError(f"{path} is gone; the code of run {manifest['run_id']} is not complete")
    return unpack(path)
