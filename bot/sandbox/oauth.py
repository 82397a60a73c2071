"""Installing and removing apps: authorisation with a state, single-use codes, token rotation, uninstalling."""

import secrets
from urllib.parse import urlencode

from bot.sandbox.clock import real_now
from bot.sandbox.records import App
from bot.sandbox.wire import Json, SlackError
from bot.sandbox.workspace import Workspace

CODE_SECONDS = 600
TOKEN_SECONDS = 12 * 3600
MOST_ACTIVE_TOKENS = 2


def authorise(workspace: Workspace, asked: dict[str, str], user: str) -> str:
    """The address that a person is sent back to after she allowed an app; SlackError for a bad request."""
    app = _by_client(workspace, asked.get("client_id", ""))
    allowed = (app.manifest.get("oauth_config") or {}).get("redirect_urls") or []
    back = asked.get("redirect_uri") or next(iter(allowed), "")
    if not any(back.startswith(one) for one in allowed):
        raise SlackError("bad_redirect_uri")
    code = secrets.token_hex(20)
    workspace.tickets.codes[code] = (app.app_id, user, real_now() + CODE_SECONDS)
    return f"{back}?{urlencode({'code': code, 'state': asked.get('state', '')})}"


def access(workspace: Workspace, asked: Json) -> Json:
    """oauth.v2.access: a code once, or a refresh token once, for a bot token."""
    app = _by_client(workspace, str(asked.get("client_id", "")))
    if asked.get("client_secret") != app.client_secret:
        raise SlackError("bad_client_secret")
    if asked.get("grant_type") == "refresh_token":
        user = _use_refresh_token(app, str(asked.get("refresh_token", "")))
    else:
        user = _use_code(workspace, app, str(asked.get("code", "")))
    app.installed = True
    issued = _issue(app)
    workspace.store.put("app", app.app_id, app.saved())
    team = {"id": workspace.team_id, "name": workspace.team["name"]}
    facts: Json = {"app_id": app.app_id, "authed_user": {"id": user}, "token_type": "bot"}
    facts["scope"] = ",".join(app.scopes)
    facts |= {"bot_user_id": app.bot_user_id, "team": team, "enterprise": None, "is_enterprise_install": False}
    return {**facts, **issued}


def uninstall(workspace: Workspace, app: App) -> None:
    """Removed by an admin: its tokens die, and it hears so."""
    app.installed = False
    workspace.store.put("app", app.app_id, app.saved())
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}}
    for event in ({"type": "app_uninstalled"}, revoked):
        told = {**event, "event_ts": workspace.new_ts()}
        workspace.delivery.emit(str(event["type"]), told, only=app)


def revoke(workspace: Workspace, app: App) -> None:
    """Its tokens are taken back, the app stays."""
    for token in (app.bot_token, *app.tokens):
        app.tokens[token] = {"revoked": True}
    app.refresh_tokens.clear()
    workspace.store.put("app", app.app_id, app.saved())
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}}
    workspace.delivery.emit("tokens_revoked", {**event, "event_ts": workspace.new_ts()}, only=app)


def checked_bot_token(workspace: Workspace, token: str) -> App:
    """The app of a bot token that holds; SlackError invalid_auth, account_inactive, token_revoked, token_expired."""
    app = workspace.app_of_token(token)
    if app is None:
        raise SlackError("invalid_auth")
    state = app.tokens.get(token, {})
    if not app.installed:
        raise SlackError("account_inactive")
    if state.get("revoked"):
        raise SlackError("token_revoked")
    if state.get("expires", real_now() + 1) <= real_now():
        raise SlackError("token_expired")
    return app


def _issue(app: App) -> Json:
    """A token of a fixed life where the app rotates, else the app's one lasting token."""
    if not app.rotates_tokens:
        app.tokens.pop(app.bot_token, None)
        return {"access_token": app.bot_token}
    token, refresh = f"xoxe.xoxb-1-{secrets.token_hex(16)}", f"xoxe-1-{secrets.token_hex(16)}"
    active = [one for one, state in app.tokens.items() if state.get("expires", 0) > real_now()]
    for old in active[: max(0, len(active) - MOST_ACTIVE_TOKENS + 1)]:
        app.tokens[old] = {"revoked": True}
    app.tokens[token] = {"expires": real_now() + TOKEN_SECONDS}
    app.refresh_tokens.add(refresh)
    return {"access_token": token, "refresh_token": refresh, "expires_in": TOKEN_SECONDS}


def _use_code(workspace: Workspace, app: App, code: str) -> str:
    app_id, user, expires = workspace.tickets.codes.pop(code, ("", "", 0.0))
    if app_id != app.app_id or real_now() > expires:
        raise SlackError("invalid_code")
    return user


def _use_refresh_token(app: App, token: str) -> str:
    if token not in app.refresh_tokens:
        raise SlackError("invalid_refresh_token")
    app.refresh_tokens.remove(token)
    return ""


def _by_client(workspace: Workspace, client_id: str) -> App:
    for app in workspace.apps.values():
        if client_id and app.client_id == client_id:
            return app
    raise SlackError("invalid_client_id")
