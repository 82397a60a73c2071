"""What the colleagues have to say, week by week: what moved, what comes next, what customers said, what is in the way.

The first four weeks are past when the demonstration begins, the fifth is the one that is watched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Said = tuple[str, str]
WEEKS_PAST = 4

UPDATES: Mapping[str, tuple[Said, ...]] = {
    "marta": (
        ("Agreed the scope of the export rewrite with three customers.", "Write up what we leave out, and why."),
        ("The roadmap for next quarter is with all five functions.", "Collect objections until Friday."),
        ("Cut two features from the autumn release; nobody missed them.", "Talk to support about the help pages."),
        ("Interviewed five customers about onboarding.", "Bring the two clearest findings to design."),
    ),
    "rui": (
        ("Export runs on the new queue in staging.", "Load test with a year of data."),
        ("Load test passed at three times today's traffic.", "Switch one friendly customer over."),
        ("First customer is on the new export; no complaints in four days.", "Write the runbook, then the next ten."),
        ("Ten customers switched. One slow query found and fixed.", "Plan the switch-off of the old export."),
        ("All but six customers are on the new export.", "Find out who still needs the old one."),
        ("Old export is read-only for everybody.", "Delete its code, which I look forward to."),
    ),
    "priya": (
        ("Invoices: rounding is the same in all currencies now.", "Credit notes, the last piece."),
        ("Credit notes work, with tests for the odd months.", "Review with finance on Wednesday."),
        ("Finance signed off. Two small corrections are in.", "Group invoices by project."),
        ("Invoices by project are behind a switch.", "Ask customer success who should try it first."),
        ("Three customers use invoices by project.", "Make it fast for more than 500 lines."),
        ("500 lines take 0.4 s instead of 9.", "Tidy up after the switch."),
    ),
    "tomas": (
        ("The new table component is in, keyboard and screen reader included.", "Move the customer list to it."),
        ("Customer list moved; it loads in half the time.", "Filters that survive a reload."),
        ("Filters survive a reload and can be shared as a link.", "Onboarding screens, with Jonas."),
        ("Onboarding: first two of five screens built.", "The remaining three."),
        ("All five onboarding screens work, words are placeholders.", "Put the final words in, test on phones."),
        ("Onboarding runs on phones; one glitch on old Android.", "Fix that, then measure."),
    ),
    "kavya": (
        ("Usage figures come from one source now, not three.", "Explain the new numbers to sales."),
        ("Sales dashboards switched; two old reports retired.", "Churn model, first look."),
        ("The churn model finds 7 of 10 in last year's data.", "Check it against accounts that Dana knows."),
        ("Dana confirmed most of the risky accounts.", "A weekly list for customer success."),
        ("The weekly list of risky accounts goes out on Mondays.", "Ask Aroha whether it helps."),
        ("List shortened to ten accounts after feedback.", "Automate the reasons column."),
    ),
    "hemi": (
        ("Cleaned up two years of trial data.", "Which trials become customers, by source."),
        ("Partner trials convert twice as well as paid search.", "Same question by company size."),
        ("Small companies decide in a week, large ones in ten.", "A chart that sales can use in calls."),
        ("Chart is in the sales folder.", "Start on the survey answers."),
        ("Survey: 212 answers, half of them about onboarding.", "Group them, with quotes."),
        ("Grouped the answers; five themes explain most of them.", "Talk through with design."),
    ),
    "sofia": (
        ("Onboarding: tested two directions with six people.", "Choose one, write down why."),
        ("Chose the shorter one. Nobody read the long texts.", "Screens for the first ten minutes."),
        ("First ten minutes are drawn, all states included.", "Hand over, sit with Tomas."),
        ("Handed over five screens.", "Empty states for the reports."),
        ("Reports have empty states that say what to do.", "Watch three people start from zero."),
        ("Watched three people; the second screen confuses.", "Simplify it."),
    ),
    "jonas": (
        ("New icons for exports and invoices.", "Colour contrast in charts."),
        ("Charts pass the contrast check in both themes.", "Help Tomas with the filters."),
        ("Filters have one look everywhere.", "Onboarding illustrations."),
        ("Illustrations drafted, four of five.", "The last one, then feedback."),
        ("All illustrations are in.", "Print version of the invoice."),
    ),
    "dana": (
        ("Two enterprise demos, both want the new export.", "Send offers as soon as there is a price list."),
        ("Offers are out to both.", "A reference call with Northwind."),
        ("Northwind signed for two years.", "Same pitch for three similar companies."),
        ("Three first calls held, one follow-up booked.", "Prepare the quarter's forecast."),
        ("Forecast is in: a little above plan.", "Visit two customers in Boston."),
        ("Boston went well; both want the onboarding for their teams.", "Write up what they asked for."),
    ),
    "luis": (
        ("Renewed four small accounts.", "Two renewals left this month."),
        ("Both renewals done, one with a discount.", "Call the trials from the partner campaign."),
    ),
    "emma": (
        ("Trial follow-ups: 14 calls, 3 serious.", "Demos for the three."),
        ("One of the three signed.", "Understand why the other two wait."),
        ("They wait for invoices by project. I promised to ask.", "Line up four demos."),
        ("Four demos, two with a date for a decision.", "Keep both warm."),
        ("One of the two decided for us.", "Start on the spring list."),
        ("Spring list has 30 names.", "First ten mails."),
    ),
    "aroha": (
        ("Answered the export questions of eleven customers.", "A page that answers them for good."),
        ("Help page on exports is live, questions halved.", "Calls with the five quietest customers."),
        ("Two of the five had simply forgotten us; both are back.", "Collect what they stumbled over."),
        ("Their list is with design.", "Prepare the invoice change for customers."),
        ("Told everybody about invoices by project, in three mails.", "Watch the answers come in."),
        ("Nine customers asked to switch to the new invoices.", "Switch them with Priya."),
    ),
}

CUSTOMERS: Mapping[str, tuple[str, ...]] = {
    "dana": (
        "Northwind: the export must run at night, not when somebody clicks.",
        "Two asked whether we have a status page.",
        "They praise how fast support answers.",
        "Everybody asks about onboarding whole teams at once.",
    ),
    "emma": (
        "“We need invoices by project” is the most frequent sentence.",
        "One trial gave up on the second onboarding screen.",
        "Nobody asked about price this week.",
    ),
    "luis": ("Small accounts want to pay by the year.",),
    "aroha": (
        "“I can't find the export” came up seven times.",
        "A customer of nine years said thank you for the new filters.",
        "Two customers count on the old file format.",
        "People forward our mails, so they must make sense alone.",
    ),
    "marta": ("Three of five customers could not say what our reports are for.",),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Somebody waits for something, from a function by its key.

    `over_after`: so many weeks later she says it is solved; `taken_after`: so many hours later its lead takes it.
    """

    text: str
    function: str
    over_after: int | None = None
    taken_after: int | None = None


OBSTACLES: Mapping[tuple[str, int], Obstacle] = {
    ("dana", 0): Obstacle("The price list for the enterprise tier, with the new export", "engineering", 1, 5),
    ("priya", 2): Obstacle("Names of customers who may try invoices by project", "customer-success"),
    ("tomas", 3): Obstacle("The final words for the onboarding screens", "sales"),
    ("rui", 4): Obstacle("Which six customers still need the old export, and until when?", "customer-success"),
    ("kavya", 5): Obstacle("An example of a useful reason, for each risky account", "customer-success"),
}
OPTIONAL = "jonas"
ABSENT = ("sofia", 1)


def update(handle: str, week: int) -> Said:
    """What moved and what comes next; `week` 0 is the first of the past. When the story is told it begins anew."""
    told = UPDATES[handle]
    return told[week % len(told)]


def customers(handle: str, week: int) -> str:
    """What customers said; empty when she has nothing to tell."""
    told = CUSTOMERS.get(handle, ())
    return told[week % len(told)] if told and week % 4 != 3 else ""


def obstacle(handle: str, week: int) -> Obstacle | None:
    return OBSTACLES.get((handle, week))


def solved(handle: str, week: int) -> bool:
    """Whether this week she says that what she waited for is there."""
    return any(
        who == handle and each.over_after is not None and began + each.over_after == week
        for (who, began), each in OBSTACLES.items()
    )
