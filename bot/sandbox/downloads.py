"""The bytes of a file: at its private address for apps that may read it, through the control endpoints for people."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.files import may_read
from bot.sandbox.filetypes import type_of
from bot.sandbox.oauth import checked_bot_token
from bot.sandbox.records import App, File
from bot.sandbox.wire import SlackError
from bot.sandbox.workspace import Workspace

METHOD = "url_private"
"""The name under which the wire log and the faults know these requests."""

# What people upload shares its host with the page: no browser shall run it as a document of this host.
_GUARD = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def private(workspace: Workspace, request: Request) -> Response:
    """Like Slack, a page to sign in on and no error for whoever does not show a token with files:read."""
    path, place = request.url.path, request.path_params["place"]
    try:
        app = _reader(workspace, request.headers.get("authorization", ""))
        file = _file(workspace, app, place)
    except SlackError as error:
        workspace.log.add("api", METHOD, {"path": path}, None, ok=False, error=error.code)
        if error.code == "file_not_found":
            return HTMLResponse(_page(workspace, "There has been a glitch: no such file."), 404)
        return RedirectResponse(f"/signin?redir={quote(path, safe='')}", 302)
    workspace.log.add("api", METHOD, {"path": path}, {"size": file.size}, ok=True)
    return contents(file, attached="/download/" in path)


def sign_in(workspace: Workspace, request: Request) -> Response:
    """Where a browser ends that is not signed in: HTML with status 200, whatever was asked for."""
    return HTMLResponse(_page(workspace, "Sign in to your workspace."))


def contents(file: File, *, attached: bool = True) -> Response:
    named = f"{'attachment' if attached else 'inline'}; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(
        file.content, headers={**_GUARD, "Content-Disposition": named}, media_type=type_of(file.name).mimetype
    )


def _reader(workspace: Workspace, authorization: str) -> App:
    if not authorization.startswith("Bearer "):
        raise SlackError("not_authed")
    app = checked_bot_token(workspace, authorization.removeprefix("Bearer "))
    if "files:read" not in app.scopes:
        raise SlackError("missing_scope")
    return app


def _file(workspace: Workspace, app: App, place: str) -> File:
    team, _, file_id = place.partition("-")
    file = workspace.files.get(file_id) if team == workspace.team_id else None
    if file is None or not may_read(workspace, file, app.bot_user_id):
        raise SlackError("file_not_found")
    return file


def _page(workspace: Workspace, sentence: str) -> str:
    name = str(workspace.team["name"]).replace("&", "&amp;").replace("<", "&lt;")
    return f'<!DOCTYPE html><html lang="en"><head><title>{name} | Slack</title></head><body>{sentence}</body></html>'
