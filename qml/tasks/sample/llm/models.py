"""The model and the embeddings that a configuration names; opening them costs nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config
from qml.session import World

if TYPE_CHECKING:
    from qml.language.embeddings import Embedder
    from qml.language.sources import Source

SERVER = "openai:"
"""What the names of models behind a server begin with."""


def open_model(config: Config, root: Path, world: World) -> "Source":
    """Open the source of text; a file is looked for, but nothing is loaded and no server asked.

    Raises:
        UsageError: The name is malformed, or a file is missing.
        MissingExtraError: The package that runs it is not installed.
    """
    from qml.language.sources import Settings, open_source

    threads = config.backend.threads
    settings = Settings(root=root, environ=world.environ, threads=threads)
    return open_source(config.sample.llm.model, settings)


def open_embedder(config: Config, root: Path) -> "Embedder":
    """Open the embeddings; nothing is loaded.

    Raises:
        UsageError: The name is unknown, or a file is missing.
        MissingExtraError: The package that runs them is not installed.
    """
    from qml.language.embeddings import open_embedding

    return open_embedding(config.sample.llm.embedder, root=root)
