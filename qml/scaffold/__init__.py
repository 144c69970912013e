"""New projects from templates: a copier template, answers, one atomic rename."""

from qml.scaffold.create import Created, create
from qml.scaffold.library import Template, find_template, list_templates
from qml.scaffold.questions import Ask, Question

__all__ = [
    "Ask",
    "Created",
    "Question",
    "Template",
    "create",
    "find_template",
    "list_templates",
]
