"""Quotas as people write them: group fairness by least and largest numbers of chosen answers."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qml.errors import ConfigError, PlanError

if TYPE_CHECKING:
    from qml.problems import Group

Attributes = Mapping[str, str]
_COUNT = re.compile(r"(?P<low>\d+)(?:(?P<open>\+)|-(?P<high>\d+))?")
_FORMS = "attribute=value:2 (exactly), attribute=value:2+, attribute=value:1-3, attribute=MIN"


class Quota(NamedTuple):
    """A wish for the chosen answers.

    Attributes:
        text: As it was written.
        attribute: Name of the attribute.
        value: The value that is counted; None for each value that occurs.
        low: Least number of chosen answers.
        high: Largest number, or None.
    """

    text: str
    attribute: str
    value: str | None
    low: int
    high: int | None


def parse_quota(text: str) -> Quota:
    """Read one quota.

    Raises:
        ConfigError: It is not written as a quota.
    """
    attribute, equals, rest = (part.strip() for part in text.partition("="))
    value, colon, amount = rest.rpartition(":")
    found = _COUNT.fullmatch(amount.strip())
    if not (equals and attribute and found) or (colon and not value.strip()):
        raise ConfigError(f"quota `{text}` cannot be read", hint=f"write {_FORMS}")
    low = int(found["low"])
    if not colon:
        if found["open"] or found["high"]:
            raise ConfigError(f"quota `{text}` cannot be read", hint=f"write {_FORMS}")
        return Quota(text, attribute, None, low, None)
    high = None if found["open"] else int(found["high"] or low)
    if high is not None and high < low:
        raise ConfigError(f"quota `{text}` ends at {high}, before it begins at {low}")
    return Quota(text, attribute, value.strip(), low, high)


def require_possible_wishes(quotas: Sequence[Quota], k: int, n: int) -> None:
    """Refuse quotas that no answers can keep, before any is generated.

    Args:
        quotas: What is wished for.
        k: How many are chosen.
        n: How many answers there will be, at most.

    Raises:
        PlanError: One asks for more than are chosen or made, or those of one attribute together.
    """
    for quota in quotas:
        if quota.low > min(k, n):
            most = f"{k} are chosen" if k <= n else f"there are {n} answers"
            raise PlanError(f"quota `{quota.text}` asks for {quota.low}, but {most}")
    for attribute in dict.fromkeys(quota.attribute for quota in quotas):
        of = [q for q in quotas if q.attribute == attribute and q.value is not None]
        needed = sum(max(q.low for q in of if q.value == v) for v in {q.value for q in of})
        if needed > k:
            raise PlanError(
                f"the quotas of `{attribute}` ask for {needed} answers together, but {k} are"
                " chosen",
                hint="lower a quota, or choose more with -k",
            )
        _require_overlap(of)


def _require_overlap(quotas: Sequence[Quota]) -> None:
    """Refuse two quotas of one value that exclude each other."""
    for value in {quota.value for quota in quotas}:
        same = [quota for quota in quotas if quota.value == value]
        low = max(same, key=lambda quota: quota.low)
        tops = [quota for quota in same if quota.high is not None]
        high = min(tops, key=lambda quota: quota.high or 0, default=low)
        if high.high is not None and low.low > high.high:
            raise PlanError(f"quotas `{low.text}` and `{high.text}` exclude each other")


def groups_of(quotas: Sequence[Quota], rows: Sequence[Attributes]) -> list["Group"]:
    """Return the quotas as constraints on the places of answers.

    Args:
        quotas: What is wished for.
        rows: Attributes of each answer.

    Raises:
        PlanError: No answer has the attribute that a quota is about.
    """
    groups = []
    for quota in quotas:
        values = [row.get(quota.attribute) for row in rows]
        found = sorted({value for value in values if value is not None})
        if not found:
            raise PlanError(
                f"quota `{quota.text}`: no answer has an attribute `{quota.attribute}`",
                hint=f"give it in the answers of the JSONL, or --attribute {quota.attribute}=REGEX",
            )
        wanted = found if quota.value is None else [quota.value]
        groups += [_group(quota, value, values) for value in wanted]
    return groups


def _group(quota: Quota, value: str, values: Sequence[str | None]) -> "Group":
    from qml.problems import Group

    members = tuple(place for place, own in enumerate(values) if own == value)
    high = len(members) if quota.high is None else min(quota.high, max(len(members), quota.low))
    return Group(f"{quota.attribute}={value}", members, quota.low, high)
