"""This project is sound: its configuration loads, its choices are optimal and can be replayed."""

import json

import qml
from qml.config import load


def test_the_configuration_asks_for_fewer_than_it_makes(project):
    loaded = load(project, environ={})
    assert loaded.file == project / "qml.toml"
    section = loaded.config.sample.llm
    assert loaded.config.sample.kind == "llm"
    assert section.k <= section.n
    assert all(prompt.strip() for prompt in section.prompts)


def test_the_choice_is_proven_and_no_rival_is_better(outcome):
    for prompt in outcome["prompts"]:
        assert len(prompt["chosen"]) == prompt["k"]
        assert prompt["proven"]
        rivals = [rival["objective"] for rival in prompt["rivals"]]
        assert prompt["objective"] >= max(rivals) - 1e-9


def test_the_chosen_are_more_diverse_than_random_ones(outcome):
    for prompt in outcome["prompts"]:
        assert prompt["chosen_scores"]["vendi"] > prompt["random_vendi"]


def test_the_stored_answers_are_of_one_prompt(project):
    (line,) = (project / "answers.jsonl").read_text("utf-8").splitlines()
    answers = json.loads(line)["answers"]
    assert len(answers) == 24
    assert all(answer["logprob"] < 0 for answer in answers)


def test_a_replay_is_identical(outcome, project):
    assert qml.replay(outcome["run_id"], root=project).verdict == "identical"
