"""The page: served whole, from this host alone, with nothing in it that could execute what people write."""

import asyncio
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from starlette.applications import Starlette

from bot.sandbox import page
from bot.sandbox.blockkit.blocks import blocks_of
from bot.sandbox.blockkit.elements import ELEMENTS
from bot.sandbox.blockkit.places import Surface
from bot.sandbox.server import Running
from bot.sandbox.store import Store
from bot.sandbox.workspace import Workspace
from tests.nodejs import node

STATIC = Path(page.__file__).parent / "static"
SCRIPTS = {file.name: file.read_text() for file in sorted(STATIC.glob("*.js"))}
STYLES = {file.name: file.read_text() for file in sorted(STATIC.glob("*.css"))}
SURFACES: tuple[Surface, ...] = ("message", "modal", "home")


def acme() -> Workspace:
    people = {
        "U1": {"id": "U1", "is_bot": False, "deleted": False},
        "UB": {"id": "UB", "is_bot": True, "deleted": False},
    }
    return Workspace(Store(None), team={"id": "T1", "name": "Acme <b>"}, users=people)


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Client:
    """Asks the routes as a server would, without a socket."""

    app: Starlette

    def get(self, path: str) -> Answer:
        return asyncio.run(self._get(path))

    async def _get(self, path: str) -> Answer:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope: dict[str, Any] = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope["path"] = unquote(path)
        scope |= {"raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": [(b"host", b"test")]}
        await self.app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part["body"] for part in sent[1:]).decode())


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(Starlette(routes=page.routes(acme())))


@pytest.fixture(scope="module")
def document(client: Client) -> str:
    return client.get("/").text


def test_the_page_is_served_and_names_the_workspace_escaped(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>Acme &lt;b&gt; · sandbox</title>" in answer.text


def test_the_page_knows_from_the_start_whom_one_can_be(document: str) -> None:
    assert '<script type="application/json" id="people">["U1"]</script>' in document


def test_the_page_may_load_and_run_only_what_its_own_host_serves(client: Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_file_the_page_names_is_served(client: Client, document: str) -> None:
    named = re.findall(r'(?:src|href)="(static/[^"]+)"', document)
    assert len(named) >= 4
    for name in [*named, *(f"static/{script}" for script in SCRIPTS)]:
        answer = client.get("/" + name)
        assert answer.status_code == 200, name
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing.js", "..%2fpage.py", "%2e%2e/page.py", "page.html", "../page.py"])
def test_only_the_static_files_are_served(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_scripts_come_as_javascript_and_styles_as_css(client: Client) -> None:
    assert client.get("/static/main.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/page.css").headers["content-type"].startswith("text/css")


def test_nothing_is_loaded_from_another_host(document: str) -> None:
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', document)
    for name, style in STYLES.items():
        assert "url(" not in style, name
        assert "@import" not in style, name
    for name, script in SCRIPTS.items():
        assert not re.findall(r'(?:from|import\()\s*["\'](?!\./)', script), name


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_can_turn_text_into_markup_or_code(name: str) -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b|new Function|DOMParser"
    assert not re.search(dangerous, SCRIPTS[name])


def test_the_document_has_no_inline_handlers_or_styles(document: str) -> None:
    assert not re.search(r'\son\w+="|\sstyle="|javascript:', document)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_short(name: str) -> None:
    assert len(SCRIPTS[name].splitlines()) < 300


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_a_script_imports_is_there(name: str) -> None:
    for names, module in re.findall(r'import \{([^}]+)\} from "\./([^"]+)"', SCRIPTS[name]):
        for wanted in (part.strip() for part in names.split(",")):
            assert re.search(rf"export (?:async )?(?:function|const|let) {wanted}\b", SCRIPTS[module]), (module, wanted)


def test_every_element_that_a_script_looks_for_is_in_the_document(document: str) -> None:
    made_later = {"modal-error"}
    wanted = {found for script in SCRIPTS.values() for found in re.findall(r'byId\("([^"]+)"\)', script)}
    there = set(re.findall(r'\bid="([^"]+)"', document))
    assert wanted - made_later <= there
    assert len(there) == len(re.findall(r'\bid="([^"]+)"', document)), "ids are unique"


def test_only_one_script_talks_to_the_server_and_only_to_the_control_endpoints() -> None:
    talking = {name for name, script in SCRIPTS.items() if re.search(r"\bfetch\(|EventSource|XMLHttpRequest", script)}
    assert talking == {"api.js"}
    assert set(re.findall(r"[`\"](/[a-z]+/)", SCRIPTS["api.js"])) == {"/control/"}


def test_every_field_of_the_document_has_a_label(document: str) -> None:
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", document):
        found = re.search(r'\bid="([^"]+)"', tag)
        assert found, tag
        inside = re.search(rf"<label[^>]*>[^<]*{re.escape(tag)}", document)
        assert "aria-label=" in tag or f'for="{found[1]}"' in document or inside, tag


@pytest.mark.parametrize("kind", sorted({kind for surface in SURFACES for kind in blocks_of(surface)}))
def test_every_block_kind_is_drawn(kind: str) -> None:
    kinds = SCRIPTS["blocks.js"].split("const KINDS = {")[1]
    assert re.search(rf"\b{kind}\b\s*[:,]", kinds)


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_every_element_kind_is_drawn(kind: str) -> None:
    drawing = SCRIPTS["choices.js"] + SCRIPTS["elements.js"] + SCRIPTS["inputs.js"]
    assert re.search(rf'\b{kind}\b\s*[:,}}]|"{kind}"', drawing)


SEED: dict[str, Any] = {
    "team": {"id": "T1", "name": "Acme", "domain": "acme"},
    "apps": [
        {
            "app_id": "A1",
            "name": "Crosswalk",
            "bot_user_id": "UB1",
            "bot_token": "xoxb-1",
            "app_token": "xapp-1",
            "signing_secret": "secret",
            "manifest": {"display_information": {"name": "Crosswalk"}, "features": {}, "settings": {}},
        }
    ],
    "users": [{"id": "U1", "name": "ada", "real_name": "Ada", "tz": "Europe/Lisbon"}],
    "channels": [{"id": "C1", "name": "general", "members": ["U1"]}],
    "messages": [{"channel": "C1", "user": "U1", "text": "Hello", "at": "2026-11-20T09:00:00+00:00"}],
}
READ = {
    "state?as=U1": {"team", "users", "usergroups", "channels", "apps", "views", "clock"},
    "messages?as=U1&channel=C1": {"messages"},
    "home?as=U1": {"view"},
    "log?since=0": {"log"},
}


def test_a_running_sandbox_serves_the_page_and_what_the_page_reads() -> None:
    running = Running.start(SEED)
    try:
        with urlopen(running.url + "/", timeout=30) as answer:
            assert '<script type="application/json" id="people">["U1"]</script>' in answer.read().decode()
        for path, names in READ.items():
            with urlopen(f"{running.url}/control/{path}", timeout=30) as answer:
                assert names <= set(json.load(answer)), path
        with urlopen(f"{running.url}/control/state?as=U1", timeout=30) as answer:
            state = json.load(answer)
        assert {"installed", "commands", "shortcuts", "bot_user_id", "name"} <= set(state["apps"][0])
        assert {"kind", "is_member", "unread", "with", "topic"} <= set(state["channels"][0])
        assert {"now", "target", "running", "next"} <= set(state["clock"])
    finally:
        running.stop()


# Runs the page's own mrkdwn in Node, with just enough of a document to see what it builds.
HARNESS = """
class Node {
  constructor(tag) { this.tag = tag; this.attributes = {}; this.children = []; }
  setAttribute(name, value) { this.attributes[name] = value; }
  append(...children) { this.children.push(...children); }
  addEventListener() {}
}
const facts = JSON.parse(process.argv[1]);
globalThis.location = { href: "http://127.0.0.1/", origin: "http://127.0.0.1", hash: "" };
globalThis.document = {
  createElement: (tag) => new Node(tag),
  getElementById: (id) => (id === "emoji" ? { textContent: JSON.stringify(facts.emoji) } : null),
};
const { store } = await import(facts.folder + "/store.js");
const { mrkdwn } = await import(facts.folder + "/mrkdwn.js");
const { markdown } = await import(facts.folder + "/richtext.js");
store.me = "U1";
store.people = new Map([["U1", { id: "U1", name: "ada", tz: "Europe/Lisbon" }]]);
store.channels = [{ id: "C1", name: "general", kind: "public" }];
store.clock = { now: 1795680000 };
const shown = (node) => (typeof node === "string" ? node : [
  node.className ? `${node.tag}.${node.className.replace(" ", ".")}` : node.tag,
  node.attributes.href || "", node.children.flat().map(shown)]);
const drawn = facts.cases.map(([kind, text]) => (kind === "markdown" ? markdown : mrkdwn)(text));
console.log(JSON.stringify(drawn.map((nodes) => nodes.map(shown))));
"""
CASES: list[tuple[str, list[Any]]] = [
    ("plain", ["plain"]),
    ("*bold* _it_ ~no~", [["strong", "", ["bold"]], " ", ["em", "", ["it"]], " ", ["s", "", ["no"]]]),
    ("a*b*c snake_case_name", ["a*b*c snake_case_name"]),
    ("*a _b_*", [["strong", "", ["a ", ["em", "", ["b"]]]]]),
    ("`*x* &lt;`", [["code", "", ["*x* <"]]]),
    ("```a *b*\n&amp;```", [["pre", "", [["code", "", ["a *b*\n&"]]]]]),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", ["<script>alert(1)</script>"]),
    ("&amp;lt;b&amp;gt;", ["&lt;b&gt;"]),
    ("<https://example.com|site>", [["a", "https://example.com/", ["site"]]]),
    ("<javascript:alert(1)|press me>", [["span", "", ["press me"]]]),
    ("<data:text/html,x>", [["span", "", ["data:text/html,x"]]]),
    ("<img src=x onerror=alert(1)>", ["<img src=x onerror=alert(1)>"]),
    ("<@U1>", [["span.mention.me", "", ["@ada"]]]),
    ("<@U9|zoe>", [["span.mention", "", ["@U9"]]]),
    ("<!channel>", [["span.mention.me", "", ["@channel"]]]),
    ("<!subteam^S1|@design>", [["span.mention", "", ["@design"]]]),
    ("<#C1|x>", [["a.mention", "#/U1/C1", ["#general"]]]),
    ("<#C7|secret>", [["span.mention", "", ["#secret"]]]),
    (":wave: :not_there:", ["👋", " ", ":not_there:"]),
    ("&gt; said\nand", [["blockquote", "", ["said"]], "and"]),
    ("one\ntwo", ["one", ["br", "", []], "two"]),
    ("<!date^1795680000^{date_num} {time}|then>", [["time", "", ["2026-11-26 08:00"]]]),
    ("<!date^never^{date}|then>", [["time", "", ["then"]]]),
    ("a < b > c", ["a < b > c"]),
    ("*unclosed _and `this", ["*unclosed _and `this"]),
]


def test_mrkdwn_becomes_nodes_and_never_markup() -> None:
    cases = [["mrkdwn", text] for text, _ in CASES] + [["markdown", "**b** <b> [x](javascript:1)"]]
    facts = {"folder": STATIC.as_uri(), "cases": cases, "emoji": {"wave": "👋"}}
    ran = subprocess.run(
        [node(), "--input-type=module", "--eval", HARNESS, json.dumps(facts)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    *drawn, standard = json.loads(ran.stdout)
    for (text, expected), nodes in zip(CASES, drawn, strict=True):
        assert nodes == expected, text
    assert standard == [["p.line", "", ["", ["strong", "", ["b"]], " <b> ", ["span", "", ["x"]], ""]]]
