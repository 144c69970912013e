"""From the answers to one prompt to those that are chosen, with scores, rivals and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from qml.algorithms.selection import Selection, Subset, choose_subset, explain, subset_problem
from qml.algorithms.selection.rivals import top_k
from qml.algorithms.selection.rules import majority
from qml.config.sections import LlmSection
from qml.errors import DataError, PlanError
from qml.tasks.sample.llm.attributes import attributes_of, compile_patterns
from qml.tasks.sample.llm.batch import Item
from qml.tasks.sample.llm.quotas import Quota, groups_of
from qml.tasks.sample.llm.scoring import random_vendi, scores_of, tell_apart
from qml.tasks.sample.llm.store import Made

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qml.circuits import Evaluator
    from qml.language.clusters import Clusters
    from qml.language.embeddings import Embedder

Document = dict[str, Any]


class Choice(NamedTuple):
    """What was chosen, and from what."""

    document: Document
    problem: Subset


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Chooses among answers, always in the same way: a wish to stop does not cut it short.

    Attributes:
        section: `[sample.llm]`.
        quotas: What the chosen must keep.
        embed: Turns texts into directions.
        evaluator: Runs circuits, for solvers that are made of them.
    """

    section: LlmSection
    quotas: Sequence[Quota]
    embed: "Embedder"
    evaluator: "Evaluator | None" = None

    def choose(self, item: Item, made: Sequence[Made], seed: int) -> Choice:
        """Return everything that is told of one prompt, and the problem that was solved.

        Raises:
            DataError: Fewer answers than are to be chosen have any text.
            PlanError: The quotas cannot hold, or the way of choosing needs what is not known.
        """
        usable = [each for each in made if each.given.text.strip()]
        if len(usable) < self.section.k:
            raise DataError(
                f"prompt `{item.id}`: {len(usable)} of {len(made)} answers have any text, and"
                f" {self.section.k} are chosen",
                hint="raise max_tokens with -o max_tokens=64, or ask for more with -n",
            )
        texts = [each.given.text for each in usable]
        rows = attributes_of([m.given for m in usable], compile_patterns(self.section.attributes))
        embeddings = self.embed(texts)
        told = tell_apart(item.prompt, texts, self.section, embeddings)
        problem = self._problem(usable, embeddings, rows)
        selection = self._select(problem, usable, told, seed)
        places = list(selection.chosen)
        everything = scores_of(usable, embeddings, told, range(len(usable)))
        document = {
            "id": item.id,
            "line": item.line,
            "prompt": item.prompt,
            "asked": item.n,
            "n": len(usable),
            "k": self.section.k,
            "empty": len(made) - len(usable),
            "given": bool(item.answers),
            "told_apart": told.how,
            "answers": _answers(usable, rows, told, places, embeddings),
            "chosen": places,
            "objective": selection.objective,
            "solver": selection.solver,
            "winner": selection.winner,
            "proven": selection.proven,
            "rivals": [asdict(rival) for rival in selection.rivals],
            "verdict": selection.verdict,
            "scores": everything,
            "chosen_scores": scores_of(usable, embeddings, told, places),
            "random_vendi": random_vendi(embeddings, self.section.k, seed),
            "quality": all(each.given.logprob is not None for each in usable),
            "quotas": _kept(problem, places),
            "reasons": [asdict(reason) for reason in explain(problem, places)],
        }
        return Choice(document, problem)

    def _problem(
        self,
        made: Sequence[Made],
        embeddings: "NDArray[Any]",
        rows: Sequence[Mapping[str, str]],
    ) -> Subset:
        known = [each.given.logprob for each in made if each.given.logprob is not None]
        import numpy as np

        return subset_problem(
            embeddings,
            np.array(known) if len(known) == len(made) else None,
            self.section.k,
            weight=self.section.weight,
            quotas=groups_of(self.quotas, rows),
        )

    def _select(
        self, problem: Subset, made: Sequence[Made], told: "Clusters", seed: int
    ) -> Selection:
        if self.section.select == "diverse":
            return choose_subset(
                problem,
                solver=self.section.solver,
                seed=seed,
                budget=self.section.evaluations,
                options=self.section.solver_options,
                evaluator=self.evaluator,
            )
        self._require_quality(made)
        if self.section.select == "best":
            return _by_rule("best", problem, top_k(problem), seed)
        most = majority(told.ids, problem.k, problem.quality)
        return _by_rule("majority", problem, tuple(sorted(most)), seed)

    def _require_quality(self, made: Sequence[Made]) -> None:
        missing = sum(each.given.logprob is None for each in made)
        if missing and self.section.select == "best":
            raise PlanError(
                f"{missing} of {len(made)} answers have no log-probability, so the best are not"
                " known",
                hint="use --select diverse or --select majority, or a gguf: or hf: model",
            )


def _by_rule(name: str, problem: Subset, chosen: tuple[int, ...], seed: int) -> Selection:
    """Return a choice by a rule, beside what a diverse choice would reach."""
    diverse = choose_subset(problem, seed=seed)
    value = problem.value(chosen)
    words = {
        "best": f"the {problem.k} answers of the highest mean log-probability",
        "majority": f"the best {problem.k} of the answer that most agree on",
    }[name]
    return Selection(
        chosen=chosen,
        objective=value,
        winner=name,
        solver=name,
        proven=False,
        rivals=diverse.rivals,
        verdict=f"{words}: {value:.4f} by the objective of diversity, where"
        f" {diverse.winner} reaches {diverse.objective:.4f}.",
    )


def _answers(
    made: Sequence[Made],
    rows: Sequence[Mapping[str, str]],
    told: "Clusters",
    chosen: Sequence[int],
    embeddings: "NDArray[Any]",
) -> list[Document]:
    from qml.algorithms.selection.map import plane

    return [
        {
            "text": each.given.text,
            "logprob": each.given.logprob,
            "tokens": each.tokens,
            "finish": each.finish,
            "cluster": told.ids[place],
            "label": None if told.how == "text" else told.labels[told.ids[place]],
            "attributes": dict(row),
            "chosen": place in chosen,
            "x": x,
            "y": y,
        }
        for place, (each, row, (x, y)) in enumerate(zip(made, rows, plane(embeddings), strict=True))
    ]


def _kept(problem: Subset, chosen: Sequence[int]) -> list[Document]:
    return [
        {
            "label": quota.label,
            "low": quota.low,
            "high": quota.high,
            "of": len(quota.members),
            "chosen": len(set(chosen).intersection(quota.members)),
        }
        for quota in problem.quotas
    ]
