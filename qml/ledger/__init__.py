"""The ledger: intents, money and caps in SQL, so that nothing is exceeded or bought twice.

`open_ledger` opens SQLite in the project's `.qml` folder, or a team's PostgreSQL by URL. `Ledger`
is the journal that `qml.execution.submission` writes to, and what the commands on costs, budgets
and jobs read from.
"""

from qml.ledger.caps import Cap, Caps
from qml.ledger.ledger import Ledger
from qml.ledger.opening import open_ledger
from qml.ledger.values import Balance, Beat, Booking, Cost, Remaining, Transition

__all__ = [
    "Balance",
    "Beat",
    "Booking",
    "Cap",
    "Caps",
    "Cost",
    "Ledger",
    "Remaining",
    "Transition",
    "open_ledger",
]
