"""What every kind of sampling does with its configuration: plan, agree, run, print."""

from decimal import Decimal

from qml.cli.options import Unknown
from qml.report.terminal import Terminal


def carry_through(
    flags: list[str],
    set_: list[str] | None,
    terminal: Terminal,
    *,
    name: str | None = None,
    backend: str | None = None,
    dry_run: bool = False,
    yes: bool = False,
    most: Decimal | None = None,
    fresh: bool = False,
    on_unknown: Unknown | None = None,
) -> None:
    """Plan, ask where it costs anything, run and print.

    Args:
        flags: `key=value` of the command's own options.
        set_: `--set`.
        terminal: Where to print.
        name: Name of the run.
        backend: `--backend`.
        dry_run: Print the plan and stop.
        yes: `--yes`.
        most: `--max-cost`.
        fresh: `--fresh`.
        on_unknown: `--on-unknown`.
    """
    from qml.cli.project import here, world
    from qml.cli.spend import agree
    from qml.report.tables.outcome import outcome_table
    from qml.report.tables.plan import plan_table
    from qml.tasks.carry import leaves_this_machine
    from qml.tasks.sample import begin, offer, run

    flags = [*flags]
    flags += [f"backend.name={backend}", "backend.route=[]"] if backend else []
    flags += ["backend.reuse=false"] if fresh else []
    flags += [f"backend.on_unknown={on_unknown}"] if on_unknown else []
    project, surroundings = here(set_, flags), world(terminal)
    loaded, routing = project.loaded, None
    if dry_run:
        document = offer(loaded, surroundings).plan.document()
        terminal.show(document, plan_table(document))
        return
    if leaves_this_machine(loaded.config):
        found = offer(loaded, surroundings)
        agree(found.plan, found.loaded, terminal, surroundings, yes=yes, most=most)
        loaded, routing = found.loaded, found.routing
    folder = begin(loaded, name=name, world=surroundings, routing=routing, most=most)
    terminal.say(f"run {folder.id}")
    document = run(folder, loaded.config, project.root, surroundings).document()
    terminal.show(document, outcome_table(document))
