"""Why a run had to buy anew what another run had paid for."""

from qml.records.difference import Difference
from qml.records.folder import RunFolder
from qml.records.trail import read_trail

CAUSE = "submissions"
PARTS = ("backend", "circuits", "shots", "seed")
"""What the digest of a submission is made of; see `qml.execution.submission.digests`."""


def bought_anew(left: RunFolder, right: RunFolder) -> list[Difference]:
    """Compare what two runs sent to a vendor.

    Returns:
        How many submissions of the second run the first had not paid for, and in what the first of
        them differs; empty where there is none.
    """
    before, after = read_trail(left.submissions_path), read_trail(right.submissions_path)
    paid = {row["digest"] for row in before.values()}  # results are found at whatever place
    changed = [n for n in after if after[n]["digest"] not in paid]
    if not before or not changed:
        return []
    first = changed[0]
    total = Difference(
        cause=CAUSE,
        path="not paid for by the first",
        left=f"{len(before)} submissions",
        right=f"{len(changed)} of {len(after)}, from {first}",
    )
    if first not in before:
        return [total]
    old, new = before[first], after[first]
    return [
        total,
        *(
            Difference(cause=CAUSE, path=f"{first}: {part}", left=old.get(part), right=new[part])
            for part in PARTS
            if old.get(part) != new.get(part)
        ),
    ]
