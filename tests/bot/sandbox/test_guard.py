"""Who may ask the sandbox: the machine's programs and its own page; no page of somebody else's."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest

from bot.sandbox.guard import Guard, name_of
from bot.sandbox.server import Running
from tests.bot.sandbox.workspaces import ANA, BOT_TOKEN, GENERAL, client

Headers = dict[str, str]
EVIL = "http://evil.example"
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
SAID = {"user": ANA, "channel": GENERAL, "text": "hello"}


def ask(
    sandbox: Running, method: str, path: str, headers: Headers, body: str | None = None, source: str = "127.0.0.1"
) -> tuple[int, bytes]:
    connection = HTTPConnection(urlsplit(sandbox.url).netloc, timeout=10, source_address=(source, 0))
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def texts(sandbox: Running) -> list[Any]:
    return [message["text"] for message in sandbox.workspace.channels[GENERAL].messages.values()]


FOREIGN: list[Headers] = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    LINK,
    {"Host": "evil.example"},
    {"Host": "evil.example", "Origin": EVIL},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "["},
    {"Host": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_somebody_elses_cannot_act(sandbox: Running, headers: Headers) -> None:
    status, body = ask(sandbox, "POST", "/control/act/message", headers, json.dumps(SAID))
    assert status == 403
    assert json.loads(body)["error"] in ("foreign_origin", "foreign_host")
    assert texts(sandbox) == []


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(
    "path", [f"/control/messages?as={ANA}&channel={GENERAL}", "/control/updates", "/control/clock"]
)
def test_looking_marks_as_read_so_it_is_refused_as_well(sandbox: Running, path: str, headers: Headers) -> None:
    assert ask(sandbox, "GET", path, headers)[0] == 403


@pytest.mark.parametrize("headers", [each for each in FOREIGN if each is not LINK], ids=str)
def test_a_form_elsewhere_that_knows_the_token_cannot_use_the_web_api(sandbox: Running, headers: Headers) -> None:
    form = urlencode({"token": BOT_TOKEN, "channel": GENERAL, "text": "hello"})
    typed = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    assert ask(sandbox, "POST", "/api/chat.postMessage", typed, form)[0] == 403
    assert ask(sandbox, "POST", "/api/chat.postMessage", {**typed, **LINK, "Origin": EVIL}, form)[0] == 403
    assert texts(sandbox) == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_only_reading_counts_as_following_a_link(sandbox: Running, method: str) -> None:
    assert ask(sandbox, method, "/", LINK)[0] == 403


def test_a_link_elsewhere_leads_to_the_page(sandbox: Running) -> None:
    assert ask(sandbox, "GET", "/", LINK)[0] == 200


OWN: list[str] = ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"]


@pytest.mark.parametrize("host", OWN)
def test_the_page_itself_may_act_by_every_name_of_this_machine(sandbox: Running, host: str) -> None:
    named = host.format(port=urlsplit(sandbox.url).port)
    headers = {"Host": named, "Origin": f"http://{named}", "Sec-Fetch-Site": "same-origin"}
    assert ask(sandbox, "POST", "/control/act/message", headers, json.dumps(SAID))[0] == 200
    assert texts(sandbox) == ["hello"]


async def test_a_socket_is_not_opened_for_a_page_elsewhere(sandbox: Running) -> None:
    address = str((await client(sandbox).apps_connections_open(app_token="xapp-sandbox-1"))["url"])
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(address, headers={"Origin": EVIL})
        assert refused.value.status == 403
        async with session.ws_connect(address) as opened:
            assert (await opened.receive_json(timeout=20))["type"] == "hello"


@pytest.mark.parametrize(("host", "refused"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("box", False)])
def test_where_it_was_opened_to_others_any_name_will_do(host: str, refused: bool) -> None:
    async def nothing(*_: Any) -> None:
        raise AssertionError("not asked")

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"box.example:8765")]}
    assert (Guard(nothing, host)._refused(scope) is not None) == refused


@pytest.mark.parametrize(
    ("header", "name"),
    [("[::1]:80", "::1"), ("LocalHost:80", "localhost"), ("a.example", "a.example"), ("", ""), ("[", ""), ("u@h", "h")],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert name_of(header) == name


# To the sandbox, 127.0.0.2 is an address like any other: it knows this machine by 127.0.0.1 and ::1.
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/control/clock"),
        ("POST", "/control/clock/jump"),
        ("POST", "/control/clock/advance"),
        ("POST", "/control/clock/schedule"),
        ("GET", "/control/faults"),
        ("POST", "/control/faults"),
        ("DELETE", "/control/faults"),
        ("GET", "/control/limits"),
        ("POST", "/control/limits"),
    ],
)
def test_time_faults_and_limits_are_for_this_machine_alone(sandbox: Running, method: str, path: str) -> None:
    status, body = ask(sandbox, method, path, {}, json.dumps({"down": True}), source="127.0.0.2")
    assert (status, json.loads(body)["error"]) == (403, "loopback_only")
    assert not sandbox.workspace.faults.down


def test_people_elsewhere_may_act(sandbox: Running) -> None:
    status, _ = ask(sandbox, "POST", "/control/act/message", {}, json.dumps(SAID), source="127.0.0.2")
    assert (status, texts(sandbox)) == (200, ["hello"])
