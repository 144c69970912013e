"""Exactly-once submission: an intent before every job, one request, nothing bought twice.

No vendor gives exactly-once; this package makes it out of a journal, a key that can be found again,
and a store of results. The order of steps is the whole point:

    intend (reserve, durable) -> sending (durable) -> one request -> submitted (id, durable)
        -> wait -> fetch -> store (durable) -> settle

A process that dies between any two of them finds its way from the journal alone. `draft` and
`journal` are light: the ledger and the commands that only read it load nothing numerical.
"""
