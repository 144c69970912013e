"""The table of `qml status`."""

import pytest

from qml.report.tables.status import status_table

RUN = {
    "run_id": "20261121-100312-a1b2c3",
    "name": "first",
    "backend": "ionq.forte-1",
    "status": "running",
    "alive": True,
    "step": 12,
    "loss": 0.6931,
    "loss_error": 0.0123,
    "jobs": {"submitted": 1, "intended": 2},
    "phase": "queued",
    "position": 3,
    "wait_seconds": 90.0,
    "shots": 12000,
    "spent": "9.50",
    "reserved": "24.00",
    "cap": "50.00",
    "currency": "USD",
    "calibration_age_seconds": 3600.0,
    "heartbeat_age_seconds": 2.0,
}


def _document(**facts):
    return {"schema": "qml.status/1", "at": "2026-11-21T10:03:12.123Z", "runs": [RUN | facts]}


def _text(rendered, width=220, **facts):
    return rendered(status_table(_document(**facts)), width)


def test_it_is_a_document_of_its_schema(check):
    check(_document())


def test_a_run_that_waits(rendered):
    text = _text(rendered)
    for said in ("first", "0.693 ± 0.012", "queued, 3 ahead", "9.50 USD", "24.00", "50.00"):
        assert said in text
    assert text.count(" ago") == 2


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"position": 0}, "queued, 0 ahead"),
        ({"position": None}, "queued, "),
        ({"position": None, "wait_seconds": None}, "queued"),
        ({"phase": None}, "1 submitted, 2 intended"),
        ({"jobs": {"intended": 2}}, "2 intended"),
        ({"jobs": {"unknown": 1}}, "1 unknown"),
        ({"jobs": {}}, "none open"),
        ({"name": None}, "20261121-100312-a1b2c3"),
        ({"loss_error": None}, "0.693"),
        ({"cap": None}, "none"),
    ],
)
def test_what_is_not_known_is_not_made_up(rendered, check, facts, said):
    check(_document(**facts))
    assert said in _text(rendered, **facts)


@pytest.mark.parametrize("width", [60, 80])
def test_money_stays_on_a_narrow_terminal(rendered, width):
    text = _text(rendered, width)
    assert "9.50 USD" in text
    assert all(len(line) <= width for line in text.splitlines())


def test_nothing_runs(rendered):
    document = _document() | {"runs": []}
    assert "nothing runs" in rendered(status_table(document))
