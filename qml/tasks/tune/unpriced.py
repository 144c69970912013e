"""Studies whose trials may cost money that no ledger of qml's sees."""

from qml.config import Config
from qml.config.space import Choices
from qml.config.tuned import parameters
from qml.errors import ConfigError

SERVER = "openai:"
UNKNOWN = "unknown"
"""In the place of an amount."""
MODEL = "sample.llm.model"


def unpriced(config: Config) -> str | None:
    """Say whose prices are not known here, or return None where qml counts all money."""
    if config.tune.command is not None:
        return "a command of your own"
    if config.tune.task == "sample" and config.sample.kind == "llm" and _asks_a_server(config):
        return "a server of language models"
    return None


def check_cap(config: Config) -> None:
    """Refuse a cap that nobody could hold.

    Raises:
        ConfigError: The trials' prices are not known.
    """
    whose = unpriced(config)
    if whose is not None:
        raise ConfigError(
            f"--max-cost cannot hold here: what {whose} costs is not known to qml",
            hint="leave --max-cost out; --trials and --budget bound the work, and the account with"
            " whom it is paid to bounds the money",
        )


def _asks_a_server(config: Config) -> bool:
    section = config.sample.llm
    models = [section.model]
    for parameter in parameters(config):
        if parameter.key == MODEL and isinstance(parameter, Choices):
            models = list(parameter.values)
    return not section.stored and any(str(model).startswith(SERVER) for model in models)
