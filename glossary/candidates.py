"""Words in an answer that look like terms of the trade: what a colleague from the other side might have to look up.

text -> tokens (code, links and mentions are gaps) -> what each word is by itself -> the longest term it is a part of
"""

from collections.abc import Callable
from dataclasses import dataclass

from glossary import trade
from glossary.tokens import Answer, read
from glossary.words import key


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text[start:end]`, and the key under which people's spellings of it meet."""

    start: int
    end: int
    text: str
    key: str


def candidates(text: str) -> list[Candidate]:
    """Everything that looks like a term, in reading order, nothing twice in the same place."""
    answer = read(text)
    found: list[Candidate] = []
    free = 0
    for at, token in enumerate(answer.tokens):
        if at < free or not token.word.promising:
            continue
        span = _term(answer, at)
        if span and span[0] >= free:
            start, end = answer.slice(*span)
            found.append(Candidate(start, end, text[start:end], key(text[start:end])))
            free = span[1]
    return found


# The first token of a term, and the one after its last.
_Span = tuple[int, int]
_Rule = Callable[[Answer, int], _Span | None]


def _term(answer: Answer, at: int) -> _Span | None:
    for rule in _RULES:
        span = rule(answer, at)
        if span:
            return span
    return None


def _known(answer: Answer, at: int) -> _Span | None:
    """A phrase that is known, the longest: feature flag, definition of done."""
    tokens, second = answer.tokens, at + 1
    if not answer.joined(second):
        return None
    for rest in tokens[at].word.begins.get(tokens[second].word.base, ()):
        after = second + 1 + len(rest)
        said = all(answer.joined(n) and tokens[n].word.base == base for n, base in enumerate(rest, second + 1))
        # "Customer Success plan" is a plan of a department, not a success plan.
        if said and (tokens[at].opens or tokens[at].name == tokens[after - 1].name):
            return at, _headed(answer, after)
    return None


def _with_hyphen(answer: Answer, at: int) -> _Span | None:
    """Two words that a hyphen makes a term: opt-in."""
    second = at + 1
    if not answer.joined(second, "-") or answer.tokens[at].name:
        return None
    known = answer.tokens[second].word.base in answer.tokens[at].word.hyphen
    return (at, _headed(answer, second + 1)) if known else None


def _paired(answer: Answer, at: int) -> _Span | None:
    """Letters that a sign makes a term: P&L, CI/CD, T&Cs."""
    if not answer.joined(at + 1, "&", "/", " & ", "+"):
        return None
    start, end = answer.slice(at, at + 2)
    pair = answer.text[start:end].replace(" ", "").lower()
    return (at, at + 2) if pair in trade.JOINED or pair.removesuffix("s") in trade.JOINED else None


def _under_head(answer: Answer, at: int) -> _Span | None:
    """A head that makes a term of whatever noun stands before it: bounce rate, sign-up rate."""
    tokens, head = answer.tokens, answer.tokens[at]
    if head.word.base not in trade.OPEN_HEADS or head.name or not answer.joined(at, " "):
        return None
    first = at - 1
    while answer.joined(first, "-"):
        first -= 1
    fits = tokens[first].word.modifier if first == at - 1 else tokens[first].word.case != "other"
    return (first, at + 1) if fits and not tokens[first].name else None


def _alone(answer: Answer, at: int) -> _Span | None:
    """A word that is a term by itself, and a head after it: churn, churn model, EBITDA bridge."""
    kind = answer.tokens[at].word.kind
    if kind == "term":
        passed = answer.tokens[at].name or _verb(answer, at)
    elif kind == "guess":
        passed = answer.foreign or _verb(answer, at)
    elif kind == "capitals":
        passed = answer.shouted or _in_name(answer, at)
    else:
        passed = kind != "letters"
    return None if passed else (at, _headed(answer, at + 1))


_RULES: tuple[_Rule, ...] = (_known, _with_hyphen, _paired, _under_head, _alone)


def _headed(answer: Answer, after: int) -> int:
    """Where the term ends that goes on with a head of terms, if one follows."""
    heads = answer.joined(after, " ") and answer.tokens[after].word.base in trade.TERM_HEADS
    return after + 1 if heads and not answer.tokens[after].name else after


def _in_name(answer: Answer, at: int) -> bool:
    """Whether the capitals are part of a name: VBL Group, Ferrum BX."""
    following = answer.joined(at + 1) and answer.tokens[at + 1].name
    return following or (answer.joined(at) and answer.tokens[at - 1].name)


def _verb(answer: Answer, at: int) -> bool:
    """Whether the word is a verb here: we churn, to cache the prices, staging the release."""
    before = answer.small(at - 1) if answer.joined(at) else ""
    after = answer.small(at + 1) if answer.joined(at + 1) else ""
    if answer.small(at).endswith("ing"):
        return after in trade.OBJECTS
    wanted = before == "to" and answer.joined(at - 1) and answer.small(at - 2) in trade.WISHES
    return before in trade.SUBJECTS or wanted or (before == "to" and after in trade.OBJECTS)
