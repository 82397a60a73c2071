"""The guided tour from its first step to its last, walked by the buttons that it offers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.acme import DANA, MARTA, RUI, Acme
from tests.browser.visitors import Visit, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_tour_leads_through_a_week_and_ends_with_a_configuration_for_ones_own_group(
    fresh_demonstration: Acme, visit: Visit, tmp_path: Path
) -> None:
    marta = await visit(fresh_demonstration.url, MARTA)
    await _answers_the_stand_up(marta)
    await _looks_up_the_same_word_twice(marta)
    await _asks_for_a_decision(marta)
    await _reads_the_summary(marta)
    await _takes_it_home(marta, tmp_path / "home")


async def _answers_the_stand_up(marta: Visitor) -> None:
    """It opens by itself, and goes on by itself once something is done."""
    await expect(marta.tour).to_contain_text("1 of 8: Monday, shortly before nine")
    await marta.button("Go to 09:00", marta.tour).click()
    await expect(marta.tour).to_contain_text("2 of 8: Answer the stand-up")
    await marta.button("Answer", marta.messages("Weekly cross-functional stand-up").last).click()
    await marta.sends("Send", [("What moved since last week?", "The new page is written.")])
    await expect(marta.messages("Weekly cross-functional stand-up").last).to_contain_text("is in")


async def _looks_up_the_same_word_twice(marta: Visitor) -> None:
    await expect(marta.tour).to_contain_text("3 of 8: A word, for sales")
    business = await _looked_up(marta, "Be Dana Brooks in #product-sync", DANA)
    await expect(marta.tour).to_contain_text("4 of 8: The same word, for engineering")
    technical = await _looked_up(marta, "Be Rui Castro in #product-sync", RUI)
    assert business.index("Business") < business.index("Technical")
    assert technical.index("Technical") < technical.index("Business")


async def _looked_up(visitor: Visitor, walk: str, user: str) -> str:
    """What the person to whom the tour leads reads, and nobody else."""
    await visitor.button(walk, visitor.tour).click()
    await expect(visitor.page.locator("#me")).to_have_value(user)
    answers = visitor.messages("Only visible to you")
    await expect(answers).to_have_count(0)
    await visitor.button("Write it for me", visitor.tour).click()
    await expect(visitor.composer).to_be_focused()
    await visitor.page.keyboard.press("Enter")
    await expect(answers).to_have_count(1)
    return await answers.inner_text()


async def _asks_for_a_decision(marta: Visitor) -> None:
    await expect(marta.tour).to_contain_text("5 of 8: Ask for a decision")
    await marta.button("Be Marta Nunes in #product-sync", marta.tour).click()
    await expect(marta.page.locator("#me")).to_have_value(MARTA)
    await marta.button("Write it for me", marta.tour).click()
    await expect(marta.composer).to_be_focused()
    await marta.page.keyboard.press("Enter")
    await marta.form.get_by_label("Who decides?").select_option(DANA)
    await marta.button("Ask", marta.form).click()
    await expect(marta.form).to_contain_text("Asked.")
    await marta.button("Close", marta.form).click()
    await expect(marta.form).to_have_count(0)


async def _reads_the_summary(marta: Visitor) -> None:
    """Half of all, counting those still open, stands beside the half of what is closed."""
    await expect(marta.tour).to_contain_text("6 of 8: Let the week pass")
    await marta.button("Jump to Friday 15:00", marta.tour).click()
    await expect(marta.tour).to_contain_text("7 of 8: How long decisions take", timeout=240_000)
    summary = marta.messages("Half of our decisions are answered within").last
    await expect(summary).to_contain_text(re.compile(r"answered within \d+ working days? .*counting \d+ still open"))
    await expect(summary).to_contain_text(re.compile(r"without those still open: \d+ working days?"))
    await expect(summary).to_be_in_viewport()
    await marta.button("Next", marta.tour).click()


async def _takes_it_home(marta: Visitor, folder: Path) -> None:
    await expect(marta.tour).to_contain_text("8 of 8: Your own group")
    await marta.tour.locator(".primary", has_text="Take this home").first.click()
    home = marta.page.locator("#take-home")
    await marta.button("Make my config.yaml", home).click()
    await expect(home.locator("[aria-invalid=true]").first).to_be_focused()
    await home.get_by_role("group", name="Functions 1").get_by_label("Lead").fill("@ana")
    await marta.button("Make my config.yaml", home).click()
    await expect(home.get_by_label("config.yaml", exact=True)).to_contain_text("@ana")
    create = home.get_by_role("link", name="Create the Slack app")
    await expect(create).to_have_attribute(
        "href", re.compile(r"^https://api\.slack\.com/apps\?new_app=1&manifest_json=")
    )
    async with marta.page.expect_download() as waiting:
        await marta.button("Download config.yaml", home).click()
    folder.mkdir()
    await (await waiting.value).save_as(folder / "config.yaml")
    _holds(folder)
    await marta.button("Close", home).click()
    await marta.button("Finish", marta.tour).click()
    await expect(marta.tour).to_be_hidden()
    await expect(marta.button("Tour")).to_be_focused()


def _holds(folder: Path) -> None:
    """As its words say: the file in its place, and `check-config` shows the coming week."""
    command = [sys.executable, "-m", "bot", "check-config", str(folder / "config.yaml")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Weekly cross-functional stand-up" in ran.stdout
