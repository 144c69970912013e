"""Sources of text by name, `KIND:TARGET`; family `language_models`."""

from qml import plugins
from qml.errors import UsageError
from qml.language.sources.base import Answer, Prompt, Settings, Source, answer_seed

FORMS = "gguf:PATH, hf:ID_OR_FOLDER or openai:MODEL[@BASE_URL]"


def open_source(name: str, settings: Settings | None = None) -> Source:
    """Open a source of text; nothing is loaded and no server is asked yet.

    Args:
        name: E.g. `gguf:smollm2`, `hf:./my-model`, `openai:gpt-4o-mini@https://host/v1`.
        settings: Where it runs; the defaults where None.

    Raises:
        UsageError: The name is malformed, or a file is missing or of a wrong format.
        PluginError: No such kind of source.
        MissingExtraError: The package that runs it is not installed.
    """
    kind, colon, target = name.partition(":")
    if not (kind and colon and target):
        raise UsageError(f"`{name}` names no language model", hint=f"write it as {FORMS}")
    source: Source = plugins.load("language_models", kind)(target, settings or Settings())
    return source


__all__ = ["Answer", "Prompt", "Settings", "Source", "answer_seed", "open_source"]
