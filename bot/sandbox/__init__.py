"""A strict Slack workspace on this machine: Web API, Socket Mode, signed HTTP, a page, faults and a clock to move.

    person (page or test) -> /control/act -> events and interactions -> app -> /api -> workspace -> updates -> person

It imports nothing else of the project, so that it cannot share the bot's mistakes.
"""
