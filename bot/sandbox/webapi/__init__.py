"""Slack's Web API: a module per family of methods, each a table of name, handler, tier and scopes."""
