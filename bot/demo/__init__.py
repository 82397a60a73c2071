"""A demonstration without Slack: invented people with twelve weeks behind them, who answer by themselves.

past (the real features, at past moments) -> a database and a seed -> the sandbox, as a child -> the bot and its cast

Only the command `demo` imports it, `sandbox` its people and the end of its tour, so that `run` never pays for it.
"""
