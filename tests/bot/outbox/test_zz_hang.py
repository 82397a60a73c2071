import asyncio, time, sys
from functools import partial
import sqlalchemy as sa
from tests.bot.outbox.office import *
from tests.bot.outbox.conftest import *
from tests.conftest import *
from tests.bot.outbox.test_outbox_faults import _owe_a_round, _posted, _said_once
import pytest
@pytest.mark.parametrize("n", range(6))
async def test_hang(office, n):
    if office.database.is_sqlite: return
    await _owe_a_round(office, 24)
    for i in range(7):
        before = (await office.slack.counts("chat.postMessage")).get("ok", 0)
        enough = before + some(4)
        drain_obj = office.drain()
        drain = asyncio.create_task(drain_obj.drain(TEAM))
        posted = asyncio.create_task(office.slack.eventually(partial(_posted, office, enough)))
        b=time.monotonic()
        done,_ = await asyncio.wait({drain, posted}, return_when=asyncio.FIRST_COMPLETED, timeout=4)
        if not done:
            print("HANG", n, i, time.monotonic()-b)
            drain.print_stack()
            lane=drain_obj._lanes.get(TEAM)
            print({k:getattr(lane,k) for k in ("_troubles","_resting","_methods","_token","_conversations")}, time.monotonic())
            rows=await office.database.read(lambda tx: tx.execute(sa.text("select key,state,attempt_at,carrier,due_at,ts from outbox where state='owed' order by seq limit 8")).all())
            for r in rows: print(r)
            act=await office.database.read(lambda tx: tx.execute(sa.text("select pid,state,wait_event_type,wait_event,left(query,150),now()-xact_start from pg_stat_activity where datname=current_database()")).all())
            for r in act: print(r)
        drain.cancel(); posted.cancel()
        await asyncio.gather(drain, posted, return_exceptions=True)
    await office.sends()
    await _said_once(office, 24)
