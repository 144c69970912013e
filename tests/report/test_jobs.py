"""Tables of jobs."""

import pytest

from qml.report.tables.jobs import STATE_STYLE, job_table, jobs_table

JOB = {
    "intent": "7d9f5a86-6c0e-4c1e-9a53-1f2b6a3d9c10",
    "run_id": "20261121-100312-a1b2c3",
    "name": "step/12/0/0",
    "provider": "ionq",
    "device": "forte-1",
    "provider_job_id": "0198c9a2-77aa",
    "state": "submitted",
    "circuits": 12,
    "shots": 12000,
    "gates": {"1q": 120, "2q": 36},
    "estimated": "309.48",
    "reserved": "309.48",
    "billed": None,
    "currency": "USD",
    "created": "2026-11-21T10:03:12.123Z",
    "updated": "2026-11-21T10:03:13.123Z",
    "detail": None,
}
SETTLED = JOB | {"state": "settled", "reserved": "0.00", "billed": "0.00"}


def _jobs(*jobs):
    return {"schema": "qml.jobs/1", "jobs": list(jobs)}


def _job(job):
    return {
        "schema": "qml.job/1",
        "job": job,
        "transitions": [
            {"from": None, "to": "intended", "at": "2026-11-21T10:03:12.123Z", "detail": None},
            {
                "from": "intended",
                "to": "cancelled",
                "at": "2026-11-21T10:03:13.123Z",
                "detail": "[by hand]",
            },
        ],
        "account": [
            {
                "kind": "reserve",
                "amount": "309.48",
                "currency": "USD",
                "at": "2026-11-21T10:03:12.123Z",
                "tariff_date": "2026-11-01",
                "tariff_source": "x",
                "note": None,
            }
        ],
    }


def test_they_are_documents_of_their_schemas(check):
    check(_jobs(JOB, SETTLED))
    check(_job(JOB))


@pytest.mark.parametrize("width", [50, 80, 160])
def test_a_list(rendered, width):
    text = rendered(jobs_table(_jobs(JOB, SETTLED)), width)
    assert "7d9f5a86" in text
    assert "submitted" in text
    assert "0.00 USD" in text, "a bill of nothing is a bill"
    assert all(len(line) <= width for line in text.splitlines())
    if width == 160:
        assert "ionq.forte-1" in text
        assert "step/12/0/0" in text


def test_an_empty_list(rendered):
    assert "no such submission" in rendered(jobs_table(_jobs()))


def test_one_job(rendered):
    text = rendered(job_table(_job(JOB)), 120)
    for said in (
        JOB["intent"],
        "ionq.forte-1",
        "0198c9a2-77aa",
        "12 circuits, 12,000 shots",
        "120 on one qubit, 36 on two",
        "cancelled: [by hand]",
    ):
        assert said in text
    assert "billed" not in text


def test_one_job_that_was_billed_nothing_says_so(rendered):
    assert "0.00 USD" in rendered(job_table(_job(SETTLED)), 120)
    assert "none that is known" in rendered(job_table(_job(JOB | {"provider_job_id": None})), 120)


def test_every_state_has_a_colour():
    from qml.execution.submission.draft import State

    assert set(STATE_STYLE) == {str(state) for state in State}
