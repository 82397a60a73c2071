"""The bot is killed in the middle of a round, and nobody notices: nothing is lost and nothing is said twice."""

from pathlib import Path

from tests.soak.kills import Plan, killed


async def test_one_process_on_sqlite_is_killed_and_started_again(tmp_path: Path) -> None:
    seen = await killed(
        tmp_path,
        f"sqlite:///{tmp_path}/kills.db",
        Plan(8, 5, 4, processes=1, patience=40, retries=(0, 5, 10)),
        1,
        print,
    )
    assert (seen.lost, seen.doubled, seen.closed) == ((), (), True)


async def test_three_processes_share_postgresql_and_one_of_them_never_comes_back(
    tmp_path: Path, empty_postgresql_url: str
) -> None:
    seen = await killed(
        tmp_path, empty_postgresql_url, Plan(8, 5, 4, processes=3, patience=40, retries=(0, 5, 10)), 2, print
    )
    assert (seen.lost, seen.doubled, seen.closed) == ((), (), True)
