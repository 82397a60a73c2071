"""The command line: `python -m bot run | demo | sandbox | migrate | manifest | check-config | export`."""

import sys

from bot.commandline import main

if __name__ == "__main__":
    sys.exit(main())
