"""Arguments that the commands on jobs share."""

from typing import Annotated

import typer

Intent = Annotated[
    str,
    typer.Argument(
        metavar="INTENT", help="Key of an intent, a unique prefix of one, or the vendor's job id."
    ),
]
