"""The tables of `qml compress` and of its check."""

from qml.report.tables.compress import compress_table
from qml.report.tables.compress_verify import verify_table
from tests.report.compressed import blocks, document, lines

MEASURED = {
    "kl": 0.244,
    "kl_ci": [0.224, 0.264],
    "perplexity": 39.2,
    "perplexity_ci": [33.3, 45.9],
    "agreement": 0.71,
    "accuracy": 0.33,
    "tokens_per_second": 66.1,
}


def verified(**changes):
    recorded = {key: value for key, value in MEASURED.items() if key != "accuracy"}
    return {
        "schema": "qml.compress-verify/1",
        "file": "model.gguf",
        "format": "gguf",
        "bits_per_weight": 5.73,
        "bytes": 96_412_345,
        "sha256": 64 * "a",
        "run_id": "r",
        "model": "gguf:smollm2",
        "held_out": document()["held_out"],
        "measured": MEASURED,
        "recorded": recorded,
        "differences": [],
        "agrees": True,
        "verdict": "It agrees with what run r recorded.",
        **changes,
    }


def test_the_choice_its_rivals_and_the_file(rendered):
    text = rendered(compress_table(document()), 160)
    for part in (
        "gguf:smollm2 to 4bpw",
        "\N{MINUS SIGN}30 % (\N{MINUS SIGN}35 to \N{MINUS SIGN}25)",
        "the same",
        "0, proven",
        "~173.0",
        "96.4",
        "1,341 held-out tokens",
        "paired bootstrap of 42 blocks of up to 32 tokens in 3 chunks",
        "predicted within 0.013 %",
        "dequantised <Q4_1>",
        "bits/random: seed 0 <of> many",
        "qml compress verify runs/",
        "nothing (0.00 USD)",
    ):
        assert part in text, part


def test_what_matters_stays_where_room_is_short(rendered):
    text = rendered(compress_table(document()), 60)
    assert "perplexity" in text
    assert "0.351" in text
    assert all(len(line) <= 60 for line in text.splitlines())


def test_blocks_have_a_table_of_their_own(rendered):
    text = rendered(compress_table(document(steps={"prune": {"blocks": blocks()}})), 160)
    for part in ("blocks solved by", "0.612", "24 of 24", "enumerates without a limit"):
        assert part in text, part
    assert "blocks solved by" not in rendered(compress_table(document()), 160)


def test_a_stop_is_told(rendered):
    stopped = {"reason": "interrupted", "words": "stopped by a signal", "exit_code": 130}
    text = rendered(compress_table(document(stopped=stopped, export=None, rows=lines()[:2])))
    assert "stopped by a signal" in text
    assert "verify" not in text


def test_a_check_says_what_was_recorded(rendered, check):
    check(verified())
    text = rendered(verify_table(verified()))
    for part in ("0.244", "0.224 to 0.264", "66.1", "96,412,345 bytes", "It agrees"):
        assert part in text, part
    alone = verified(recorded=None, agrees=None, run_id=None, differences=[])
    check(alone)
    assert text != rendered(verify_table(alone))
    wrong = verified(differences=["kl: 0.3 was recorded, it is 0.244"], agrees=False)
    assert "kl: 0.3 was recorded" in rendered(verify_table(wrong))
