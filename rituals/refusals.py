"""What the group's own rules say no to. A refusal carries data; whoever shows it finds the words."""


class Refused(Exception):
    """Somebody asked for what the rules do not allow. Nothing was changed."""
