"""LP files, as dimod reads them."""

import re

import dimod

from qml.errors import DataError

_UNREADABLE = re.compile(r"(?<![\w.])[+-]?(nan|inf|infinity)(?![\w.])", re.IGNORECASE)


def read(text: str, name: str) -> dimod.ConstrainedQuadraticModel:
    """Read a model; a maximum becomes a minimum of the negative.

    Args:
        text: What the file says.
        name: Its name, for messages.

    Raises:
        DataError: It cannot be read.
    """
    for number, line in enumerate(text.splitlines(), 1):
        body = line.partition("\\")[0]
        found = _UNREADABLE.search(body)
        if found and "<=" not in body and ">=" not in body:  # bounds may be infinite
            raise DataError(f"{name}, line {number}: `{found[0]}` is not finite")
    try:
        return dimod.lp.loads(text)
    except (ValueError, RuntimeError, IndexError) as error:
        raise DataError(f"{name}: {error}", hint="it must be an LP file as CPLEX's") from None
