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
  1. Open the address. A tour of five minutes leads through the week: be @marta, the product manager, and answer her
     stand-up; look a word up as @dana and as @rui; ask for a decision; read on Friday how long they take.
  2. Or close it and look around. The bar at the top moves time, and whatever is due happens on the way.
  3. See who waits for you in Crosswalk's Home. Be somebody else: @hemi in Auckland, @emma in New York.
  4. Take this home makes a config.yaml for your own group.
"""

_RESUMED = """
It goes on where you left it: the same people, the same messages, the same time of the week.
"""


def welcome(url: str, stage: Stage) -> str:
    steps = _RESUMED if stage.resumed else _BEGUN
    return _WELCOME.format(url=url, steps=steps, database=stage.database, sandbox=stage.sandbox)
