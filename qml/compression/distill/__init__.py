"""`distill`: a short training that follows the teacher (`[compress.distill]`).

Of integers the scales are trained and the codes stay; of pruned matrices the weights that stayed.
Norms and biases always are. So the file keeps its size.
"""

from collections.abc import Callable

from qml.compression.bench import Bench, Entry, Step
from qml.compression.candidate import Candidate, applied
from qml.compression.distill.lessons import lessons_of
from qml.compression.distill.student import Student
from qml.compression.distill.training import Course, Trainer
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, InterruptedRunError, PlanError

BEFORE, AFTER = "before", "distilled"


def check(section: CompressSection) -> None:
    """Refuse an order of methods that makes no sense; its own settings have ranges.

    Raises:
        ConfigError: Nothing is compressed before it, or what it trains is compressed after it.
    """
    place = section.methods.index("distill")
    if place == 0:
        raise ConfigError(
            "compress.methods: distill has nothing to recover: no method is before it",
            hint="--method bits,distill or prune,distill",
        )
    if late := section.methods[place + 1 :]:
        raise ConfigError(
            f"compress.methods: `{late[0]}` after `distill` would undo what the training did",
            hint="put distill last",
        )


def compress(bench: Bench, base: Candidate) -> Step:
    """Train what the methods before made, and keep it only where it is nearer to the teacher.

    Raises:
        PlanError: Nothing was compressed yet, or there is too little text.
        InterruptedRunError: Somebody asked to stop before the training began.
    """
    if not base.parts:
        raise PlanError(
            "distill has nothing to recover: no method before it changed the model",
            hint="--method bits,distill or prune,distill",
        )
    began = bench.clock.monotonic()
    found = lessons_of(bench)
    if bench.stop():
        raise InterruptedRunError("stopped before the training began")
    student = Student(bench.subject, base)
    trainer = Trainer(
        student=student,
        lessons=found.lessons,
        held_in=found.held_in,
        section=bench.section.distill,
        most=bench.section.used.get(f"distill/{AFTER}", bench.section.distill.steps),
        seed=bench.seeds["distill"],
        stop=_stop(bench, began),
    )
    with applied(bench.subject, student.rest):
        course = trainer.run(bench.progress)
    better = course.best < course.before
    entries = (
        Entry(
            label=AFTER,
            candidate=student.candidate() if better else base,
            objective=course.best,
            seconds=bench.clock.monotonic() - began,
            evaluations=course.steps,
            rival=False,
            note="" if better else "no better on held-in text, so that the start is kept",
        ),
        Entry(label=BEFORE, candidate=base, objective=course.before),
    )
    return Step(
        method="distill",
        entries=entries,
        chosen=AFTER,
        document=_document(student, course),
        notes=_notes(student, course),
        interrupted=bench.stop(),
    )


def _stop(bench: Bench, began: float) -> Callable[[], bool]:
    """Return whether to stop: somebody asked to, or the time of a search is up."""
    limit = bench.section.seconds
    return lambda: bench.stop() or (limit is not None and bench.clock.monotonic() - began > limit)


def _document(student: Student, course: Course) -> dict[str, object]:
    return {
        "trained": student.trained(),
        "before": course.before,
        "best": course.best,
        "steps": course.steps,
        "history": [
            {"step": step, "train": train, "held_in": held_in}
            for step, train, held_in in course.history
        ],
    }


def _notes(student: Student, course: Course) -> tuple[str, ...]:
    said = []
    left = len(student.rest.parts)
    if left:
        said.append(
            f"distill trained norms alone beside {left} matrices whose format it does not train"
            if "scales" not in student.trained() and "weights" not in student.trained()
            else f"distill left {left} matrices as they were: it does not train their format"
        )
    if not course.best < course.before:
        said.append("distill found nothing better on held-in text: what it started from is kept")
    return tuple(said)
