"""What of the configuration concerns generative models, checked before anything is made."""

from qml.config import Config
from qml.errors import ConfigError
from qml.plugins import check, names

BACKEND = "jax"
"""Where generative models are trained, whatever machine samples them later."""

RIVALS = ("bitflip", "rbm")
"""Rivals where `baselines.names` names the usual classifiers."""


def is_generative(config: Config) -> bool:
    """Whether `model.kind` is a generative model."""
    return config.model.kind in names("generators")


def rivals_of(config: Config) -> list[str]:
    """Return the rivals that `[baselines]` asks for, the model itself left out.

    Raises:
        ConfigError: A name is that of a classifier.
    """
    section = config.baselines
    if not section.enabled:
        return []
    usual = type(section)().names
    wanted = list(RIVALS) if section.names == usual else section.names
    known = names("generators")
    for name in wanted:
        if name not in known:
            raise ConfigError(
                f"baselines.names: `{name}` is no generative model",
                hint=f"known: {', '.join(known)}; leave it out for {' and '.join(RIVALS)}",
            )
    return [name for name in wanted if name != config.model.kind]


def check_config(config: Config) -> None:
    """Refuse what is known to fail, before anything is made.

    Raises:
        ConfigError: A rival is unknown, or an option has no meaning here.
        PluginError: The optimiser is unknown.
    """
    rivals_of(config)
    check("optimizers", config.train.optimizer)
    if config.train.patience is not None:
        raise ConfigError(
            "train.patience watches a validation loss, which generative models do not have",
            hint="leave it out",
        )
    if config.train.optimizer == "lbfgs" and config.model.kind == "rbm":
        raise ConfigError(
            "`lbfgs` needs a loss, and the gradient of an rbm comes from its chains",
            hint="train.optimizer = 'adam'",
        )
