"""Where decisions are kept, with their people, what was thought of them, their history and their waits."""

from rituals.decisions.store.decisions import DecisionStore
from rituals.decisions.store.files import FileStore
from rituals.decisions.store.waits import WaitStore, Where

__all__ = ["DecisionStore", "FileStore", "WaitStore", "Where"]
