"""What an organisation decided, from its files and its environment, checked before anything starts.

    os.environ, .env -> environment.read -> Environment
    config.yaml      -> written (text -> plain values and their lines) -> models (pydantic) -> checks -> Configuration

Everything that is wrong is collected and raised at once as one `ConfigProblem`, each with its place and what to write
instead. Importing this package is cheap: pydantic and yaml are loaded by those who import `reading` or `models`.
"""

from bot.config.environment import Environment
from bot.config.problems import ConfigProblem, Problem

__all__ = ["ConfigProblem", "Environment", "Problem"]
