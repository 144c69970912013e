"""From `[data]` to a data set in memory."""

from collections.abc import Mapping
from pathlib import Path

from qml import plugins
from qml.config.sections.data import DataSection
from qml.data.base import DatasetLoader
from qml.data.dataset import Dataset
from qml.data.readers.entry import load_entry
from qml.data.readers.files import load_file
from qml.errors import ConfigError, DataError
from qml.ports import Progress


def load(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Load the data that `data.name`, `data.path` or `data.entry` names.

    Args:
        section: `[data]`; exactly one of the three is given.
        root: Project folder; relative paths start here.
        environ: Environment variables (`QML_DATA_DIR`, `XDG_CACHE_HOME`, `HOME`).
        progress: Shows a download.

    Returns:
        The whole data set, checked but not yet split or scaled.

    Raises:
        ConfigError: `data.options` has what the data set does not.
        DataError: The data cannot be read or used; the message says what is wrong and where.
        PluginError: No registered data set has that name.
        ProviderError: A download failed.
    """
    given = [key for key in ("name", "path", "entry") if getattr(section, key) is not None]
    if len(given) != 1:
        told = " and ".join(f"`data.{key}`" for key in given) or "none of them"
        raise DataError(
            f"exactly one of `data.name`, `data.path` and `data.entry` names the data, not {told}",
            hint='e.g. `data.name = "digits"`',
        )
    if section.name is None and section.options:
        raise ConfigError(
            f"`data.options` are settings of a named data set, not of `data.{given[0]}`",
            hint="leave data.options out",
        )
    if section.path is not None:
        return load_file(section, root / Path(section.path).expanduser())
    if section.entry is not None:
        return load_entry(section.entry, root)
    assert section.name is not None
    loader: DatasetLoader = plugins.load("datasets", section.name)
    return loader(section, root=root, environ=environ, progress=progress)
