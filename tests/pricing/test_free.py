import pytest


@pytest.mark.parametrize(
    ("provider", "device"),
    [
        ("ionq", "simulator"),
        ("azure", "simulator"),
        ("braket", "local"),
        ("ibm", "fake_fez"),
        ("ibm", "aer"),
    ],
)
def test_simulators_are_free(shipped, job, provider, device):
    quote = shipped.find(provider, device).quote(job(500, 500, shots=100_000, circuits=20))
    assert (quote.low, quote.expected, quote.high) == (0, 0, 0)
    assert not quote.minimum_applies
