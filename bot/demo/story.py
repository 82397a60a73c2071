"""What the colleagues have to say, week by week: what moved, what comes next, what customers said, what is in the way.

The first twelve weeks are past when the demonstration begins, the thirteenth is the one that is watched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Said = tuple[str, str]
WEEKS_PAST = 12

UPDATES: Mapping[str, tuple[Said, ...]] = {
    "marta": (
        ("Read a year of cancellation mails. Slow exports come up most.", "Show engineering the ten clearest."),
        ("Five functions agreed on one goal: fewer clicks to the first report.", "Write it on one page."),
        ("The page is out; two questions back, both good.", "Answer them in the document, not in chat."),
        ("Dropped the mobile app from this year's plan.", "Tell sales before the customers ask."),
        ("Sat with support for a morning.", "Three small fixes for the next release."),
        ("All three small fixes are in.", "Interview people who left in spring."),
        ("Seven interviews: nobody left over price.", "Put the reasons in order with Dana and Aroha."),
        ("Export speed and onboarding go first, everything else waits.", "Scope the export rewrite with customers."),
        ("Agreed the scope of the export rewrite with three customers.", "Write up what we leave out, and why."),
        ("The roadmap for next quarter is with all five functions.", "Collect objections until Friday."),
        ("Cut two features from the autumn release; nobody missed them.", "Talk to support about the help pages."),
        ("Interviewed five customers about onboarding.", "Bring the two clearest findings to design."),
    ),
    "rui": (
        ("Measured every export of a week: the slowest took 40 minutes.", "Find out why it reads everything twice."),
        ("It no longer reads everything twice; the worst is 18 minutes now.", "Compare two ways to queue exports."),
        ("Compared both queues with real numbers; chose the simpler one.", "Write down why, ask for objections."),
        ("No objections to the queue. First job runs on my machine.", "Pair with Priya on errors and retries."),
        ("Retries work, and nobody gets a file twice.", "Progress that people can see."),
        ("Progress shows in the page, with the time that is left.", "Clean up after files that nobody fetches."),
        ("Old files disappear after 30 days, with a mail before.", "Security review of the download links."),
        ("Review passed; links end after a day now.", "Move the new queue to staging."),
        ("Export runs on the new queue in staging.", "Load test with a year of data."),
        ("Load test passed at three times today's traffic.", "Switch one friendly customer over."),
        ("First customer is on the new export; no complaints in four days.", "Write the runbook, then the next ten."),
        ("Ten customers switched. One slow query found and fixed.", "Plan the switch-off of the old export."),
        ("All but six customers are on the new export.", "Find out who still needs the old one."),
        ("Old export is read-only for everybody.", "Delete its code, which I look forward to."),
    ),
    "priya": (
        ("Found where invoices round differently: three places.", "One place, with tests for each currency."),
        ("Euro and pound go through the one place.", "Rupee and yen, which have no cents or hide them."),
        ("Yen and rupee done. Finance checked forty invoices by hand.", "The last currencies, then switch."),
        ("Switched. One customer was a cent off, for a good reason.", "Explain the cent on the invoice."),
        ("Invoices explain their rounding in one line.", "Tax numbers of four new countries."),
        ("Tax numbers for Spain, France, India and New Zealand.", "What happens when one is wrong."),
        ("A wrong tax number is told at once, in words.", "Speed: lists of invoices take two seconds."),
        ("Invoice lists take 0.3 s.", "Make rounding the same in reports."),
        ("Invoices: rounding is the same in all currencies now.", "Credit notes, the last piece."),
        ("Credit notes work, with tests for the odd months.", "Review with finance on Wednesday."),
        ("Finance signed off. Two small corrections are in.", "Group invoices by project."),
        ("Invoices by project are behind a switch.", "Ask customer success who should try it first."),
        ("Three customers use invoices by project.", "Make it fast for more than 500 lines."),
        ("500 lines take 0.4 s instead of 9.", "Tidy up after the switch."),
    ),
    "tomas": (
        ("Upgraded the frontend's build; it takes 40 seconds, not four minutes.", "Delete what the old one needed."),
        ("2,000 lines less.", "List every table that we show, there are 31."),
        ("19 of the 31 tables could be one component.", "Sketch it with Sofia."),
        ("First version of the table works in a branch.", "Sorting, and what a screen reader says about it."),
        ("Sorting is announced. A blind tester found two faults.", "Mend them, thank her."),
        ("Both faults are mended.", "Wide tables on phones."),
        ("On phones a row becomes a card.", "Copy and paste into spreadsheets."),
        ("Copying keeps the columns.", "Review, then merge the table component."),
        ("The new table component is in, keyboard and screen reader included.", "Move the customer list to it."),
        ("Customer list moved; it loads in half the time.", "Filters that survive a reload."),
        ("Filters survive a reload and can be shared as a link.", "Onboarding screens, with Jonas."),
        ("Onboarding: first two of five screens built.", "The remaining three."),
        ("All five onboarding screens work, words are placeholders.", "Put the final words in, test on phones."),
        ("Onboarding runs on phones; one glitch on old Android.", "Fix that, then measure."),
    ),
    "kavya": (
        ("Listed where our usage figures come from: three places that disagree.", "Find out which one is right."),
        ("The event log is right; the two others forget imports.", "Count imports in one of them as a check."),
        ("Both agree within 1 % once imports are counted.", "Decide with Hemi what a user is."),
        ("A user is somebody who did something in 30 days. It is in the glossary.", "Recount the year."),
        ("The year is recounted: 8 % fewer users, same trend.", "Tell everybody before they see it."),
        ("Told everybody. Two were cross, both understand.", "Alarms when a figure jumps."),
        ("An alarm caught a broken import on Tuesday.", "Documentation for the three reports people read."),
        ("The three reports say what they count.", "Move the rest to one source."),
        ("Usage figures come from one source now, not three.", "Explain the new numbers to sales."),
        ("Sales dashboards switched; two old reports retired.", "Churn model, first look."),
        ("The churn model finds 7 of 10 in last year's data.", "Check it against accounts that Dana knows."),
        ("Dana confirmed most of the risky accounts.", "A weekly list for customer success."),
        ("The weekly list of risky accounts goes out on Mondays.", "Ask Aroha whether it helps."),
        ("List shortened to ten accounts after feedback.", "Automate the reasons column."),
    ),
    "hemi": (
        ("Looked at which reports are opened: four of thirty.", "Ask the owners of the others."),
        ("Retired eleven reports with their owners' blessing.", "The four that are read deserve care."),
        ("The four load in a second.", "A page for sales with one number on top."),
        ("Dana uses the page in calls.", "Same for customer success."),
        ("Aroha wanted names instead of numbers; she is right.", "A list of names, then."),
        ("The list is in use.", "Trial data: what is in there?"),
        ("Two years of trials, a third of them tests of ours.", "Mark our own."),
        ("Our own trials are marked in all tables.", "Clean up what is left."),
        ("Cleaned up two years of trial data.", "Which trials become customers, by source."),
        ("Partner trials convert twice as well as paid search.", "Same question by company size."),
        ("Small companies decide in a week, large ones in ten.", "A chart that sales can use in calls."),
        ("Chart is in the sales folder.", "Start on the survey answers."),
        ("Survey: 212 answers, half of them about onboarding.", "Group them, with quotes."),
        ("Grouped the answers; five themes explain most of them.", "Talk through with design."),
    ),
    "sofia": (
        ("Walked through sign-up with a stopwatch: eleven minutes.", "Where do people stop?"),
        ("They stop where we ask for the company's size.", "Ask later, or never."),
        ("We ask never. Sign-up takes six minutes.", "Look at the first empty page."),
        ("The empty page shows an example now.", "Whether people notice that it is one."),
        ("Two of five took the example for their own data.", "Make it look like an example."),
        ("Nobody mistakes it now.", "Onboarding as a whole, with Jonas."),
        ("Collected how twelve others do onboarding.", "Draw two directions, short and long."),
        ("Both directions are drawn.", "A plan for testing them with six people."),
        ("Onboarding: tested two directions with six people.", "Choose one, write down why."),
        ("Chose the shorter one. Nobody read the long texts.", "Screens for the first ten minutes."),
        ("First ten minutes are drawn, all states included.", "Hand over, sit with Tomas."),
        ("Handed over five screens.", "Empty states for the reports."),
        ("Reports have empty states that say what to do.", "Watch three people start from zero."),
        ("Watched three people; the second screen confuses.", "Simplify it."),
    ),
    "jonas": (
        ("All icons are in one file, with names that one can guess.", "Find the doubles."),
        ("Nine doubles gone.", "Icons for states: done, waiting, stuck."),
        ("States differ in form as well as in colour.", "Check them at 16 pixels."),
        ("Redrew four that were mud at 16 pixels.", "Mail templates."),
        ("Mails look like us, in dark mode too.", "The invoice's first page."),
        ("First page of the invoice has air.", "Its second page has not."),
        ("Second page too.", "Help pages: pictures that age slowly."),
        ("A style for help pictures, three drawn.", "Icons for exports and invoices."),
        ("New icons for exports and invoices.", "Colour contrast in charts."),
        ("Charts pass the contrast check in both themes.", "Help Tomas with the filters."),
        ("Filters have one look everywhere.", "Onboarding illustrations."),
        ("Illustrations drafted, four of five.", "The last one, then feedback."),
        ("All illustrations are in.", "Print version of the invoice."),
    ),
    "dana": (
        ("Wrote down why we lost four deals: security twice, exports twice.", "Take it to engineering as facts."),
        ("Engineering answered within a day. New for us.", "A security page that prospects may read."),
        ("The security page is out; first prospect had no question left.", "Northwind wants an annex."),
        ("Northwind's annex is with Rui.", "Two first calls from the partner list."),
        ("Both calls good; one wants a demo.", "Prepare it with her own data."),
        ("The demo with her own data worked. She brought her boss.", "Second demo, with figures."),
        ("They sign if exports get faster.", "Wait, and tell them each week."),
        ("Told them about the new queue.", "Enterprise demos: which stories to tell."),
        ("Two enterprise demos, both want the new export.", "Send offers as soon as there is a price list."),
        ("Offers are out to both.", "A reference call with Northwind."),
        ("Northwind signed for two years.", "Same pitch for three similar companies."),
        ("Three first calls held, one follow-up booked.", "Prepare the quarter's forecast."),
        ("Forecast is in: a little above plan.", "Visit two customers in Boston."),
        ("Boston went well; both want the onboarding for their teams.", "Write up what they asked for."),
    ),
    "luis": (
        ("Called twenty accounts that were quiet since spring.", "Write to the eight who did not pick up."),
        ("Three of the eight answered.", "Offer them a walk through what is new."),
        ("Two walks done, both stay.", "Accounts that pay by the month."),
        ("Five moved to paying by the year.", "The discount is often asked for: have it decided."),
        ("Discount is decided, offers are out.", "Follow up on Thursday."),
        ("Seven of eleven said yes.", "Clean the list of small accounts."),
        ("Forty accounts have the right contact again.", "Renewals of the autumn."),
        ("First two renewals signed.", "Four small accounts next."),
        ("Renewed four small accounts.", "Two renewals left this month."),
        ("Both renewals done, one with a discount.", "Call the trials from the partner campaign."),
    ),
    "emma": (
        ("Trials: 31 this month, 9 from partners.", "Call the nine first."),
        ("Six of nine talked. They came for the reports.", "A demo that begins with reports."),
        ("The new demo holds people for 20 minutes instead of 10.", "Teach it to Luis."),
        ("Luis gave it twice, one sale.", "A page with answers to the ten usual questions."),
        ("The page answers seven of the ten.", "The other three need engineering."),
        ("Two of the three are answered.", "Free seat for the first buyer, try it."),
        ("Four took the free seat.", "See whether they bring others."),
        ("Two brought others.", "Trial follow-ups of the month."),
        ("Trial follow-ups: 14 calls, 3 serious.", "Demos for the three."),
        ("One of the three signed.", "Understand why the other two wait."),
        ("They wait for invoices by project. I promised to ask.", "Line up four demos."),
        ("Four demos, two with a date for a decision.", "Keep both warm."),
        ("One of the two decided for us.", "Start on the spring list."),
        ("Spring list has 30 names.", "First ten mails."),
    ),
    "aroha": (
        ("412 questions in August, 90 about exports.", "Tell Rui the five usual ones."),
        ("Rui mended two of the five.", "Short answers for the other three."),
        ("Answers take two minutes less on average.", "Who writes on Saturdays, and why?"),
        ("Four mails in a year: we stay closed on Saturdays.", "Say so on the contact page."),
        ("The contact page says when we answer. Fewer second mails.", "Customers whose use went down."),
        ("Wrote to ten whose use went down; six answered.", "Their reasons, for Marta."),
        ("Marta has the reasons.", "A calmer first answer when something is broken."),
        ("The first answer says what we know and when we write again.", "Prepare help for the new exports."),
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
        "Northwind asks where their data lies, and who can read it.",
        "A prospect said our first report convinced her.",
        "Two large ones want to pay by invoice, not by card.",
        "Nobody has ever asked for a mobile app twice.",
        "Northwind: the export must run at night, not when somebody clicks.",
        "Two asked whether we have a status page.",
        "They praise how fast support answers.",
        "Everybody asks about onboarding whole teams at once.",
    ),
    "emma": (
        "People come for the reports and stay for the invoices.",
        "Three trials asked how to get their data out again.",
        "“I did not know that it could do this” came up in two demos.",
        "“We need invoices by project” is the most frequent sentence.",
        "One trial gave up on the second onboarding screen.",
        "Nobody asked about price this week.",
    ),
    "luis": ("Small accounts want to pay by the year.",),
    "aroha": (
        "Exports that take half an hour are why people write twice.",
        "Somebody printed our help page and pinned it to a wall.",
        "The word “seat” means three different things to customers.",
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
    ("dana", 0): Obstacle("Answers to Northwind's questions about security", "engineering", 3, 20),
    ("emma", 1): Obstacle("Example data for demos that looks like a customer's", "data", 1, 4),
    ("aroha", 2): Obstacle("Pictures for the help page about exports", "design", 2, 26),
    ("hemi", 4): Obstacle("Which account belongs to which of us in sales?", "sales", 1, 3),
    ("tomas", 5): Obstacle("The final words for the error pages", "customer-success", 2, 30),
    ("priya", 6): Obstacle("Test accounts with tax numbers that exist", "sales", 1, 7),
    ("dana", 8): Obstacle("The price list for the enterprise tier, with the new export", "engineering", 1, 5),
    ("priya", 10): Obstacle("Names of customers who may try invoices by project", "customer-success"),
    ("tomas", 11): Obstacle("The final words for the onboarding screens", "sales"),
    ("rui", 12): Obstacle("Which six customers still need the old export, and until when?", "customer-success"),
    ("kavya", 13): Obstacle("An example of a useful reason, for each risky account", "customer-success"),
}
OPTIONAL = "jonas"
ABSENT = ("sofia", 9)


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
