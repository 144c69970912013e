"""What a written file is, and how fast, by the engine that runs it."""

from contextlib import closing

import torch

from qml.compression.export.base import Exported
from qml.compression.judging import Judge, Judgement
from qml.compression.subjects.base import Examples, Subject


def judged(opened: Exported, subject: Subject, examples: Examples) -> Judgement:
    """Run an open file on examples, beside the teacher in torch, and close it."""
    with closing(opened):
        return Judge(subject, examples).judge_logits(opened.logits(examples))


def speed_of(opened: Exported) -> float | None:
    """Return the outputs per second of an open file, with the threads that torch has; close it."""
    with closing(opened):
        return opened.speed(threads=torch.get_num_threads())
