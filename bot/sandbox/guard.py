"""Who may ask: programs on this machine, and the workspace's own page, but no page of somebody else's in a browser."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_FOREIGN_HOST = "This sandbox answers at 127.0.0.1 and localhost only; python -m bot sandbox --host opens it to others."
_FOREIGN_ORIGIN = "Ask from the workspace's own page."


class Guard:
    """Stands before the whole server, which listens on `host`. Only on loopback is the name checked by which it is
    asked: a name of somebody else's that leads to this machine makes a foreign page look like our own."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._here_only = host in LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refused["error"]})
        else:
            await JSONResponse(refused, 403)(scope, receive, send)

    def _refused(self, scope: Scope) -> dict[str, object] | None:
        headers = Headers(scope=scope)
        if self._here_only and name_of(headers.get("host", "")) not in LOOPBACK:
            return {"ok": False, "error": "foreign_host", "shown": _FOREIGN_HOST}
        if is_foreign(headers) and not _is_a_link(scope, headers):
            return {"ok": False, "error": "foreign_origin", "shown": _FOREIGN_ORIGIN}
        return None


def name_of(host: str) -> str:
    """The host of a Host header, without its port: "[::1]:80" is "::1"."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another page asks. Programs say neither; a page cannot keep its browser from it."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return True
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _is_a_link(scope: Scope, headers: Headers) -> bool:
    """Somebody follows a link to a page or to an installation, which tells nothing to where it stood."""
    followed = scope.get("method") == "GET" and headers.get("sec-fetch-mode") == "navigate"
    return followed and headers.get("origin") is None and not scope["path"].startswith("/control/")
