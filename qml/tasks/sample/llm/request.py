"""What is asked for, checked as far as it can be before a model is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.config.sections import LlmSection
from qml.errors import ConfigError, DataError, PlanError
from qml.files import digest_file
from qml.plugins import check as check_plugin
from qml.tasks.sample.llm.attributes import attributes_of, compile_pattern, compile_patterns
from qml.tasks.sample.llm.batch import Bad, Item, read_batch, single
from qml.tasks.sample.llm.generate import settings_of
from qml.tasks.sample.llm.quotas import (
    Quota,
    groups_of,
    parse_quota,
    require_possible_wishes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

WAYS = ("auto", "number", "fact", "text")
"""Words for how answers are told apart; anything else is a regular expression."""
SHOWN = 5
"""Bad lines that an error shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything that is asked for.

    Attributes:
        items: The prompts.
        bad: Lines that are skipped.
        quotas: What the chosen answers must keep.
        settings: Of the model.
        input: Place and digest of the file of prompts, or None where there is none.
    """

    items: tuple[Item, ...]
    bad: tuple[Bad, ...]
    quotas: tuple[Quota, ...]
    settings: dict[str, Any]
    input: dict[str, str] | None

    @property
    def generates(self) -> bool:
        """Whether a model must be asked."""
        return any(not item.answers for item in self.items)


def read_request(config: Config, root: Path) -> Request:
    """Read and check what is asked for; nothing is loaded and no server is asked.

    Raises:
        UsageError: Says what cannot be done, and where it is written.
    """
    section = config.sample.llm
    items, bad = _items(section, root)
    settings = settings_of(section)
    quotas = tuple(parse_quota(text) for text in section.quotas)
    if quotas and section.select == "majority":
        raise ConfigError(
            "quotas cannot hold where only the majority's answer is chosen",
            hint="use --select diverse or --select best",
        )
    if section.solver != "auto":
        check_plugin("solvers", section.solver)
    if section.extract not in WAYS:
        compile_pattern(section.extract, "sample.llm.extract")
    _require_quotas(section, items, quotas)
    request = Request(
        items=tuple(items),
        bad=tuple(bad),
        quotas=quotas,
        settings=settings,
        input=_input(section, root),
    )
    if request.generates and not section.model:
        raise ConfigError("no model is named", hint="-m gguf:smollm2, or sample.llm.model")
    return request


def _input(section: LlmSection, root: Path) -> dict[str, str] | None:
    if not section.file:
        return None
    path = root / section.file
    return {"file": str(path), "sha256": digest_file(path)}


def _items(section: LlmSection, root: Path) -> tuple[list[Item], list[Bad]]:
    if section.file and section.prompts:
        raise ConfigError("`sample.llm.file` cannot stand beside `sample.llm.prompts`")
    if section.file:
        return _batch(section, root / section.file)
    if not section.prompts:
        raise ConfigError(
            "there is no prompt",
            hint='qml sample llm "your prompt" -m MODEL, or pipe it in, or sample.llm.prompts',
        )
    if section.k > section.n:
        raise PlanError(
            f"{section.k} answers cannot be chosen of {section.n}", hint="raise -n, or lower -k"
        )
    return single(section.prompts, n=section.n), []


def _batch(section: LlmSection, path: Path) -> tuple[list[Item], list[Bad]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is no UTF-8 text: {error.reason}") from error
    items, bad = read_batch(text, n=section.n, k=section.k)
    items, doubled = _once(items)
    bad = sorted([*bad, *doubled])
    if bad and not section.skip_bad:
        raise _refused(path, bad)
    if not items:
        raise DataError(f"{path.name} has no prompt", hint='one {"prompt": "..."} on each line')
    return items, bad


def _once(items: Sequence[Item]) -> tuple[list[Item], list[Bad]]:
    """Part the prompts whose name was used before."""
    first: dict[str, Item] = {}
    bad = []
    for item in items:
        if item.id in first:
            reason = f"`id` is `{item.id}`, as that of line {first[item.id].line}"
            bad.append(Bad(item.line, reason))
        else:
            first[item.id] = item
    return list(first.values()), bad


def _refused(path: Path, bad: Sequence[Bad]) -> DataError:
    rows = [f"line {line}: {reason}" for line, reason in bad[:SHOWN]]
    more = [f"... and {len(bad) - SHOWN} more"] if len(bad) > SHOWN else []
    lines = "line" if len(bad) == 1 else "lines"
    return DataError(
        f"{len(bad)} {lines} of {path.name} cannot be used; nothing was generated",
        details="\n".join(rows + more),
        hint="mend them, or leave them out with --skip-bad",
    )


def _require_quotas(section: LlmSection, items: Sequence[Item], quotas: Sequence[Quota]) -> None:
    """Refuse quotas that cannot hold, as far as that can be known before answers are made."""
    patterns = compile_patterns(section.attributes)
    for item in items:
        require_possible_wishes(quotas, section.k, item.n)
        if item.answers and quotas:
            require_possible_answers(item, quotas, attributes_of(item.answers, patterns), section.k)
        elif unread := [q for q in quotas if q.attribute not in patterns]:
            raise ConfigError(
                f"quota `{unread[0].text}`: generated answers have no attribute"
                f" `{unread[0].attribute}`",
                hint=f"say how it is read from an answer: --attribute {unread[0].attribute}=REGEX",
            )


def require_possible_answers(
    item: Item, quotas: Sequence[Quota], rows: Sequence["Mapping[str, str]"], k: int
) -> None:
    """Refuse quotas that no choice of the answers of a prompt keeps.

    Raises:
        PlanError: Says which prompt, and which quota.
    """
    from qml.algorithms.selection.quotas import require_possible

    try:
        require_possible(len(rows), k, groups_of(quotas, rows))
    except PlanError as error:
        raise PlanError(f"prompt `{item.id}`: {error.message}", hint=error.hint) from None
