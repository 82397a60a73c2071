"""Terms and their revisions; every change raises the glossary's version."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, insert, or_, select, update

from glossary.store import snapshot
from glossary.store.tables import glossaries, revisions, terms
from glossary.terms import Revision, Term, What
from rituals.tables import Tx, inserting


class TermStore:
    """The terms of one workspace. Two who change the glossary at once do so one after the other."""

    def __init__(self, tx: Tx, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def version(self) -> int:
        """Counts every change; 0 for a glossary nobody has written in."""
        found = self._tx.scalar(_VERSION, {"of": self._workspace})
        return int(found or 0)

    def since(self, version: int) -> list[Term]:
        """Every term that was changed after this version, declined ones too, in the order of the changes."""
        query = self._all().where(terms.c.version > version).order_by(terms.c.version)
        return [_term(row) for row in self._tx.execute(query).mappings()]

    def get(self, term_id: str, *, lock: bool = False) -> Term | None:
        """With `lock`, nobody else changes it before this transaction has ended."""
        query = self._all().where(terms.c.id == term_id)
        return self._one(query.with_for_update() if lock else query)

    def of(self, term_ids: Iterable[str]) -> dict[str, Term]:
        """Without those that were declined."""
        rows = self._tx.execute(self._there().where(terms.c.id.in_(list(term_ids)))).mappings()
        return {row["id"]: _term(row) for row in rows}

    def by_key(self, key: str) -> Term | None:
        return self._one(self._all().where(terms.c.key == key))

    def declined(self, key: str) -> Term | None:
        """The last one of this name that was declined."""
        query = self._all().where(terms.c.state == "declined", terms.c.key.startswith(_aside(key, ""), autoescape=True))
        return self._one(query.order_by(terms.c.changed_at.desc(), terms.c.version.desc()).limit(1))

    def everything(self) -> list[Term]:
        """By name's key, so that a file of them is always in the same order. Without those that were declined."""
        return [_term(row) for row in self._tx.execute(self._there().order_by(terms.c.key)).mappings()]

    def alone(self) -> None:
        """Nobody else changes this glossary before this transaction has ended."""
        self._raise_version(0)

    def add(self, made: Sequence[tuple[str, Term]], what: What) -> tuple[Term, ...]:
        """New terms with their names' keys. They get their ids here; the keys must be free."""
        if not made:
            return ()
        last = self._raise_version(len(made))
        versions = range(last - len(made) + 1, last + 1)
        new = [(key, replace(term, id=f"t{n}"), n) for (key, term), n in zip(made, versions, strict=True)]
        self._tx.execute(insert(terms), [self._row(key, term) | {"version": n} for key, term, n in new])
        self._note([term for _, term, _ in new], what)
        return tuple(term for _, term, _ in new)

    def save(self, key: str, term: Term, what: What) -> None:
        """A change that counts: it becomes a revision. A declined term leaves its name to others."""
        key = _aside(key, term.id) if term.state == "declined" else key
        self._change(term, {**self._row(key, term), "version": self._raise_version(1)})
        self._note([term], what)

    def save_all(self, changed: Sequence[tuple[str, Term]], what: What) -> None:
        """Many changes at once, with their names' keys; each is a revision."""
        if not changed:
            return
        last = self._raise_version(len(changed))
        versions = range(last - len(changed) + 1, last + 1)
        rows = [self._row(key, term) | {"version": n} for (key, term), n in zip(changed, versions, strict=True)]
        self._tx.execute(_SAVED, [{f"its_{name}": value for name, value in row.items()} for row in rows])
        self._note([term for _, term in changed], what)

    def confirm(self, term_ids: Sequence[str], now: datetime) -> None:
        """Somebody who answers for them says that they still hold."""
        self._stamp(term_ids, {"confirmed_at": now, "asked_at": None})

    def asked(self, term_ids: Sequence[str], now: datetime) -> None:
        self._stamp(term_ids, {"asked_at": now})

    def any(self) -> bool:
        return self._tx.execute(select(terms.c.id).where(self._here()).limit(1)).first() is not None

    def touch(self) -> None:
        """Lets every process look again, though no term has changed."""
        self._raise_version(1)

    def asked_about(self, limit: int) -> list[Term]:
        """Terms whose owners were asked and have not answered, the longest ago first."""
        query = self._all().where(terms.c.state == "accepted", terms.c.asked_at.is_not(None))
        return [_term(row) for row in self._tx.execute(query.order_by(terms.c.asked_at).limit(limit)).mappings()]

    def suggested(self, limit: int) -> list[Term]:
        """New terms that wait for a steward, the oldest first."""
        query = self._all().where(terms.c.state == "suggested").order_by(terms.c.changed_at)
        return [_term(row) for row in self._tx.execute(query.limit(limit)).mappings()]

    def to_confirm(self, confirmed: datetime, asked: datetime) -> list[Term]:
        """Accepted terms that nobody has confirmed since `confirmed` or was asked about since `asked`, the oldest
        first."""
        unasked = or_(terms.c.asked_at.is_(None), terms.c.asked_at < asked)
        query = self._all().where(terms.c.state == "accepted", terms.c.confirmed_at < confirmed, unasked)
        ordered = query.order_by(terms.c.confirmed_at, terms.c.id)
        return [_term(row) for row in self._tx.execute(ordered).mappings()]

    def history(self, term_id: str) -> tuple[Revision, ...]:
        """Newest first."""
        query = self._revisions(term_id).order_by(revisions.c.n.desc())
        return tuple(_revision(row) for row in self._tx.execute(query).mappings())

    def revision(self, term_id: str, n: int) -> Revision | None:
        row = self._tx.execute(self._revisions(term_id).where(revisions.c.n == n)).mappings().one_or_none()
        return _revision(row) if row else None

    def _raise_version(self, by: int) -> int:
        """The new version. Whoever raises it too waits here until this transaction has ended."""
        adding = inserting(self._tx, glossaries).values(workspace=self._workspace, version=by)
        raised = adding.on_conflict_do_update(
            index_elements=["workspace"], set_={"version": glossaries.c.version + by}
        ).returning(glossaries.c.version)
        return int(self._tx.execute(raised).scalar_one())

    def _stamp(self, term_ids: Sequence[str], values: dict[str, Any]) -> None:
        if term_ids:
            version = self._raise_version(1)
            these = update(terms).where(self._here(), terms.c.id.in_(list(term_ids)))
            self._tx.execute(these.values(**values, version=version))

    def _change(self, term: Term, values: dict[str, Any]) -> None:
        self._tx.execute(update(terms).where(self._here(), terms.c.id == term.id).values(values))

    def _note(self, changed: Sequence[Term], what: What) -> None:
        self._tx.execute(
            insert(revisions),
            [
                {
                    "workspace": self._workspace,
                    "term": term.id,
                    "n": term.revision,
                    "at": term.changed_at,
                    "by": term.changed_by,
                    "what": what,
                    "body": snapshot.written(term.wording),
                    "state": term.state,
                    "reason": term.reason,
                }
                for term in changed
            ],
        )

    def _row(self, key: str, term: Term) -> dict[str, Any]:
        kept = {name: getattr(term, name) for name in _KEPT}
        return {"workspace": self._workspace, "key": key, "body": snapshot.written(term.wording), **kept}

    def _revisions(self, term_id: str) -> Select[Any]:
        return select(revisions).where(revisions.c.workspace == self._workspace, revisions.c.term == term_id)

    def _here(self) -> ColumnElement[bool]:
        return terms.c.workspace == self._workspace

    def _all(self) -> Select[Any]:
        return select(terms).where(self._here())

    def _there(self) -> Select[Any]:
        return self._all().where(terms.c.state != "declined")

    def _one(self, query: Select[Any]) -> Term | None:
        row = self._tx.execute(query).mappings().one_or_none()
        return _term(row) if row else None


_KEPT = ("id", "state", "revision", "changed_by", "changed_at", "confirmed_at", "asked_at", "reason", "state_by")
_SAVED = (
    update(terms)
    .where(terms.c.workspace == bindparam("its_workspace"), terms.c.id == bindparam("its_id"))
    .values({name: bindparam(f"its_{name}") for name in (*_KEPT[1:], "key", "body", "version")})
)
_VERSION = select(glossaries.c.version).where(glossaries.c.workspace == bindparam("of"))


def _aside(key: str, term_id: str) -> str:
    """What a declined term is kept under. No name's key has two blanks in a row."""
    return f"{key}  {term_id}"


def _term(row: RowMapping) -> Term:
    return Term(wording=snapshot.read(row["body"]), **{name: row[name] for name in _KEPT})


def _revision(row: RowMapping) -> Revision:
    return Revision(
        row["term"],
        row["n"],
        row["at"],
        row["by"],
        row["what"],
        snapshot.read(row["body"]),
        row["state"],
        row["reason"],
    )
