"""The page on which a person acts in the sandbox: a document and scripts that use the control endpoints."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.emoji import NAMED
from bot.sandbox.workspace import Workspace

HERE = Path(__file__).parent

# Nothing is loaded from other hosts, and no text of a message can become a script.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_ALIASES = {"thumbsup": "👍", "thumbsdown": "👎", "thinking": "🤔", "clock9": "🕘", "hospital": "🏥", "zzz": "💤"}
_EMOJI = {**{name: picture for picture, name in NAMED.items()}, **_ALIASES}
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def routes(workspace: Workspace) -> list[Route]:
    """GET / and GET /static/<name>. All but its first names the page reads from the control endpoints."""
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    files = {file.name: file for file in (HERE / "static").iterdir() if file.suffix in _KINDS}
    template = templates.get_template("page.html")

    async def page(request: Request) -> Response:
        people = [user["id"] for user in workspace.users.values() if not user["is_bot"] and not user["deleted"]]
        title = f"{workspace.team['name']} · sandbox"
        shown = template.render(title=title, people=people, emoji=_EMOJI, tour=workspace.tour)
        return HTMLResponse(shown, headers=HEADERS)

    async def static(request: Request) -> Response:
        file = files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("There is no such file.", status_code=404, headers=HEADERS)
        return Response(file.read_bytes(), media_type=_KINDS[file.suffix], headers=HEADERS)

    return [Route("/", page), Route("/static/{name}", static)]
