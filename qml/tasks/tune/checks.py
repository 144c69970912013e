"""What can be wrong with a study and is told before it begins."""

import re
import shlex
import string
from collections.abc import Sequence

from qml.config import Config
from qml.config.space import Choices, Parameter
from qml.errors import ConfigError
from qml.plugins import check as check_plugin
from qml.plugins import load, names

FAMILIES = {
    "model.ansatz": "ansatze",
    "model.encoding": "encodings",
    "model.feature_map": "feature_maps",
    "model.kind": "models",
    "train.gradient": "gradients",
    "train.optimizer": "optimizers",
}
"""Keys whose values are names of plug-ins."""
ANNEALER = "dwave"
CHOSEN_LATER = frozenset({"auto"})


def check_sampler(config: Config) -> None:
    """Refuse a sampler that does not exist, and settings that it does not have.

    Raises:
        PluginError: It is unknown.
        ConfigError: It refuses its settings, or needs an annealer.
    """
    if config.tune.options.get("solver") == ANNEALER:
        raise ConfigError(
            f"tune.options: solver `{ANNEALER}` minimises on a machine, and `qml tune` opens none"
            " for its sampler",
            hint="a solver of this machine, e.g. `annealing`, `tabu` or `qaoa`; from Python:"
            " QuboSampler(solver='dwave', evaluator=...) in a study of Optuna's",
        )
    load("searchers", config.tune.sampler)(seed=0, options=config.tune.options)


def check_names(space: Sequence[Parameter]) -> None:
    """Refuse choices that name no plug-in.

    Raises:
        PluginError: A name is unknown.
    """
    for parameter in space:
        family = FAMILIES.get(parameter.key)
        if family is None or not isinstance(parameter, Choices):
            continue
        for name in parameter.values:
            if name not in CHOSEN_LATER:
                check_plugin(family, name)


def check_trained(config: Config, space: Sequence[Parameter]) -> None:
    """Refuse generative models, which have no validation rows that trials could be judged on.

    Raises:
        ConfigError: `model.kind` is one, or may become one.
    """
    kinds = {config.model.kind}
    for parameter in space:
        if parameter.key == "model.kind" and isinstance(parameter, Choices):
            kinds = set(parameter.values)
    found = kinds & set(names("generators"))
    if found:
        raise ConfigError(
            f"`{min(found)}` is a generative model, and `qml tune` tunes none: its trials would be"
            " judged on the rows of the test",
            hint="model.kind = 'variational'; or a command of your own that trains it and prints a"
            " number: `qml tune --command ...`",
        )


def check_command(config: Config, space: Sequence[Parameter]) -> None:
    """Refuse a command that does not name what is tuned, or that cannot be read.

    Raises:
        ConfigError: A placeholder is unknown, missing or formatted, a quote is open, or the pattern
            is none.
    """
    command = config.tune.command
    assert command is not None
    named = set(placeholders(command))
    known = {parameter.key for parameter in space}
    if not named <= known:
        raise ConfigError(
            f"the command names {{{min(named - known)}}}, which [tune.space] does not",
            hint=f"it has: {', '.join(sorted(known))}; a brace that is none is written twice",
        )
    if not known <= named:
        raise ConfigError(
            f"the command does not use `{min(known - named)}` of [tune.space]",
            hint=f"write {{{min(known - named)}}} where its value belongs",
        )
    check_pattern(config.tune.metric_from)


def placeholders(command: str) -> list[str]:
    """Return the names in braces of a command's words.

    Raises:
        ConfigError: The command cannot be split into words, a brace is left open, or a name is
            formatted.
    """
    try:
        words = shlex.split(command)
        found = [part[1:] for word in words for part in string.Formatter().parse(word)]
    except ValueError as error:
        raise ConfigError(
            f"the command cannot be read: {error}", hint="quotes and braces come in pairs"
        ) from None
    if not words:
        raise ConfigError("the command is empty", hint="e.g. 'python train.py --lr {lr}'")
    fields = [(name, bool(spec or how)) for name, spec, how in found if name is not None]
    for name, formatted in fields:
        if formatted:
            raise ConfigError(
                f"the command formats {{{name}}}: a value is written as it is",
                hint=f"write {{{name}}} alone, and round in the program; `step` in [tune.space]"
                " keeps numbers round",
            )
    return [name for name, _ in fields]


def check_pattern(text: str) -> None:
    """Refuse a pattern that finds no number.

    Raises:
        ConfigError: It is no regular expression, or has no group.
    """
    if text == "stdout":
        return
    try:
        groups = re.compile(text).groups
    except re.error as error:
        raise ConfigError(
            f"--metric-from `{text}` is no regular expression: {error}",
            hint="`stdout`, or e.g. 'acc=([0-9.]+)'",
        ) from None
    if groups != 1:
        raise ConfigError(
            f"--metric-from `{text}` has {groups} groups",
            hint="exactly one pair of brackets marks the number, e.g. 'acc=([0-9.]+)'",
        )
