"""What the person who starts the demonstration reads, for the first time or again."""

from bot.demo.beginning import Stage

_WELCOME = """
Crosswalk is ready:  {url}

This is a demonstration on your machine. Acme and its people are invented, and nothing leaves this computer.
{steps}
Ctrl-C stops it; the next start goes on where you were, and “python -m bot demo --fresh” starts over.
Everything is in {database} and {sandbox}.
"""

_BEGUN = """
  1. Open the address. Be @marta, the product manager, who runs the weekly stand-up. It is Monday, shortly before nine.
  2. Move time to the next thing that happens, and watch #product-sync: the thread opens and the others answer.
  3. Answer yourself: press Answer in your messages with Crosswalk, or write /standup. Then move on to Tuesday.
  4. See who waits for you in Crosswalk's Home. Be somebody else: @rui, @dana, or @hemi in Auckland.
"""

_RESUMED = """
It goes on where you left it: the same people, the same messages, the same time of the week.
"""


def welcome(url: str, stage: Stage) -> str:
    steps = _RESUMED if stage.resumed else _BEGUN
    return _WELCOME.format(url=url, steps=steps, database=stage.database, sandbox=stage.sandbox)
