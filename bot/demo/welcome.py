"""What the person who starts the demonstration reads."""

from bot.demo.beginning import Stage

_WELCOME = """
Crosswalk is ready:  {url}

This is a demonstration on your machine. Acme and its people are invented, and nothing leaves this computer.

  1. Open the address. Be @marta, the product manager, who runs the weekly stand-up. It is Monday, shortly before nine.
  2. Move time to the next thing that happens, and watch #product-sync: the thread opens and the others answer.
  3. Answer yourself: press Answer in your messages with Crosswalk, or write /standup. Then move on to Tuesday.
  4. See who waits for you in Crosswalk's Home. Be somebody else: @rui, @dana, or @hemi in Auckland.

Ctrl-C stops it; the next start goes on where you were, and “python -m bot demo --fresh” starts over.
Everything is in {database} and {sandbox}.
"""


def welcome(url: str, stage: Stage) -> str:
    return _WELCOME.format(url=url, database=stage.database, sandbox=stage.sandbox)
