"""What `qml bench` does with its configuration: plan, agree, run, print."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qml.errors import PlanError
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.session import World
    from qml.tasks.project import Project


def dry_run(project: "Project", terminal: Terminal, world: "World") -> None:
    """Print what would become of each cell, and what it would cost."""
    from qml.report.tables.bench_plan import bench_plan_table
    from qml.tasks.bench import plan

    document = plan(project.loaded, world).document()
    terminal.show(document, bench_plan_table(document))


def carry_through(
    project: "Project",
    terminal: Terminal,
    world: "World",
    *,
    name: str | None,
    resume: bool,
    yes: bool,
    most: Decimal | None,
) -> dict[str, Any]:
    """Plan, ask where it costs anything, and run; returns `qml.bench/1`.

    Raises:
        BudgetError: The budget cannot pay it; nothing was spent.
        UsageError: It costs money, nobody agreed and nobody can be asked.
    """
    from qml.tasks.bench import begin, run
    from qml.tasks.bench.again import interrupted
    from qml.tasks.resume import resume as resume_run

    loaded = project.loaded
    before = interrupted(loaded.config, project.runs) if resume else None
    if resume and before is None:
        terminal.say("no benchmark with these settings was interrupted; a new one begins")
    _agree(project, terminal, world, yes=yes, most=most, run_id=before.id if before else None)
    if before is not None:
        terminal.say(f"run {before.id} goes on")
        return resume_run(before, project.root, world, most=most)
    folder = begin(loaded, name=name, world=world, most=most)
    terminal.say(f"run {folder.id}")
    return run(folder, loaded.config, project.root, world).document()


def _agree(
    project: "Project",
    terminal: Terminal,
    world: "World",
    *,
    yes: bool,
    most: Decimal | None,
    run_id: str | None,
) -> None:
    """Plan the cells that would buy, and ask, where there are any."""
    from qml.cli.spend import agree
    from qml.tasks.bench import plan
    from qml.tasks.bench.matrix import backends_of
    from qml.tasks.carry import ON_THIS_MACHINE

    loaded = project.loaded
    if ON_THIS_MACHINE.issuperset(backends_of(loaded.config)):
        return
    found = plan(loaded, world)
    refused = [planned for planned in found.cells if planned.state == "refused"]
    if found.plan is None and refused:
        raise PlanError(refused[0].why, hint="`qml bench --dry-run` shows every cell")
    if refused:
        terminal.warn(f"{len(refused)} cells cannot run: {refused[0].why}")
    if found.plan is None:
        return
    for number, backend in enumerate(found.backends):
        whole = replace(found.plan, backend=backend)
        if number == 0:
            agree(whole, loaded, terminal, world, yes=yes, most=most, run_id=run_id)
        else:
            from qml.tasks.consent import check_ready

            check_ready(backend, loaded, world)
