"""Where rounds, participants, answers and preferences are kept: every query of the stand-up has a name here."""

from rituals.standup.store.answers import AnswerStore
from rituals.standup.store.participants import ParticipantStore, Tally
from rituals.standup.store.preferences import PreferenceStore
from rituals.standup.store.rounds import RoundStore

__all__ = ["AnswerStore", "ParticipantStore", "PreferenceStore", "RoundStore", "Tally"]
