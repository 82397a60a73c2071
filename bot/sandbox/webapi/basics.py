"""api.test, auth, apps.connections.open and blocks.validate: what every client asks first."""

from bot.sandbox.blockkit import check_message, check_view
from bot.sandbox.oauth import revoke
from bot.sandbox.socket_mode import checked_app_token
from bot.sandbox.webapi.call import Call, Method, refuse_blocks
from bot.sandbox.wire import Json, SlackError


def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise SlackError(error, args=call.args)
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


def auth_test(call: Call) -> Json:
    team, app = call.workspace.team, call.app
    found = {"url": f"https://{team['domain']}.slack.com/", "team": team["name"], "team_id": team["id"]}
    user = call.workspace.users[app.bot_user_id]["name"]
    own = {"user": user, "user_id": app.bot_user_id, "bot_id": app.bot_id}
    return {**found, **own, "is_enterprise_install": False}


def auth_revoke(call: Call) -> Json:
    if not call.flag("test"):
        revoke(call.workspace, call.app)
    return {"revoked": not call.flag("test")}


def open_connection(call: Call) -> Json:
    app = checked_app_token(call.app)
    debug = call.flag("debug_reconnects")
    return {"url": call.workspace.delivery.sockets.open_address(app, debug=debug)}


def validate(call: Call) -> Json:
    """Checks blocks, a view or a whole message, for anybody."""
    if (view := call.decoded("view", "invalid_json")) is not None:
        is_home = isinstance(view, dict) and view.get("type") == "home"
        refuse_blocks(check_view(view, "home" if is_home else "modal"))
        return {}
    message = call.decoded("message", "invalid_json") or {}
    blocks = call.decoded("blocks", "invalid_json") or message.get("blocks")
    if blocks is None:
        raise SlackError("invalid_arguments")
    refuse_blocks(check_message(blocks, message.get("text")))
    return {}


METHODS = {
    "api.test": Method(api_test, "T4", token="none"),
    "auth.test": Method(auth_test, "special"),
    "auth.revoke": Method(auth_revoke, "T3"),
    "apps.connections.open": Method(open_connection, "T3", token="app"),
    "blocks.validate": Method(validate, "T4", token="none"),
}
