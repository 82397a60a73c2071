"""What says that a stand-up does not take place has a name of its own, so that the round can take place after all"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(_renamed("standup/board/", "standup/skipped/"))


def downgrade() -> None:
    op.execute(_renamed("standup/skipped/", "standup/board/"))


def _renamed(before: str, after: str) -> str:
    names = ", ".join(f"{column} = replace({column}, '{before}', '{after}')" for column in ("key", "carrier"))
    return f"UPDATE outbox SET {names} WHERE kind = 'skipped' AND ritual = 'standup'"
