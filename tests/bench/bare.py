"""What is measured against: a bare Bolt app with one command that does nothing, on the server and settings of ours.

python -m tests.bench.bare PORT [stack]     "stack" adds SQLAlchemy on a SQLite file and a running APScheduler
"""

import asyncio
import os
import sys

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def serve(port: int, stack: bool) -> None:
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=True,
        attaching_function_token_enabled=False,
    )

    @app.command("/standup")
    async def nothing(ack: AsyncAck) -> None:
        await ack("ok")

    if stack:
        _stack()
    slack = AsyncSlackRequestHandler(app, "/slack/events")
    config = uvicorn.Config(
        slack, port=port, log_level="warning", access_log=False, http="httptools", lifespan="off", ws="none"
    )
    await uvicorn.Server(config).serve()


def _stack() -> None:
    import sqlalchemy as sa
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    with sa.create_engine("sqlite:///bare.db").connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    scheduler = AsyncIOScheduler()
    scheduler.add_job(print, "interval", seconds=3600)
    scheduler.start()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), "stack" in sys.argv[2:]))
