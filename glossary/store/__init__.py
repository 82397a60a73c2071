"""Where the glossary is kept. Records in, records out; every store is opened for one workspace."""

from glossary.store.asking import AskingStore, LookedUp, Missed
from glossary.store.files import FileStore
from glossary.store.hints import HintStore
from glossary.store.suggestions import SuggestionStore
from glossary.store.terms import TermStore

__all__ = [
    "AskingStore",
    "FileStore",
    "HintStore",
    "LookedUp",
    "Missed",
    "SuggestionStore",
    "TermStore",
]
