"""The same two terms in every format of a file, and what reading one says."""

from collections.abc import Sequence

import pytest

from bot.features.glossary.files import FORMATS, Format, read
from glossary.exchange import Row
from glossary.terms import Sense, State, Wording

formats_ = pytest.mark.parametrize("format", FORMATS)
ARR = Row(
    2,
    Wording(
        "ARR",
        ("annual recurring revenue",),
        ("run rate", "ARR (net)"),
        (
            Sense(
                "What contracts are worth: a year.",
                "`sum(mrr) * 12`\n# daily",
                "4 M",
                "@dana",
                "rui@acme.example",
                ("https://wiki.example/arr",),
                "finance",
            ),
        ),
    ),
    "accepted",
)
CHURN = Row(
    12,
    Wording(
        "churn",
        senses=(
            Sense("Customers who leave", links=("https://a.example/1", "https://a.example/2"), domain="growth"),
            Sense(technical="Rows that\n\n- change"),
        ),
    ),
    "disputed",
)
YAML = """\
terms:
  - name: ARR
    stands_for: [annual recurring revenue]
    aliases: [run rate, ARR (net)]
    domain: finance
    business: "What contracts are worth: a year."
    technical: |-
      `sum(mrr) * 12`
      # daily
    example: "4 M"
    business_owner: "@dana"
    technical_owner: rui@acme.example
    links: ["https://wiki.example/arr"]
  - name: churn
    state: disputed
    senses:
      - domain: growth
        business: Customers who leave
        links: ["https://a.example/1", "https://a.example/2"]
      - technical: |-
          Rows that

          - change
"""
CSV = """\
\ufeffterm,stands_for,aliases,domain,business,technical,example,business_owner,technical_owner,links,state
ARR,annual recurring revenue,run rate; ARR (net),finance,What contracts are worth: a year.,"`sum(mrr) * 12`
# daily",4 M,'@dana,rui@acme.example,https://wiki.example/arr,accepted
churn,,,growth,Customers who leave,,,,,https://a.example/1; https://a.example/2,disputed
churn,,,,,"Rows that

- change",,,,,
"""
MARKDOWN = """\
# Glossary

## ARR

**Stands for:** annual recurring revenue

**Also called:**
- run rate
- ARR (net)

**Domain:** finance

**Business:** What contracts are worth: a year.

**Technical:** `sum(mrr) * 12`
\\# daily

**Example:** 4 M

**Business owner:** @dana

**Technical owner:** rui@acme.example

**Links:** https://wiki.example/arr

## churn

**State:** disputed

### Meaning 1

**Domain:** growth

**Business:** Customers who leave

**Links:**
- https://a.example/1
- https://a.example/2

### Meaning 2

**Technical:** Rows that

- change
"""


def said(rows: Sequence[Row]) -> list[tuple[Wording, State]]:
    """Rows without the places where they stand."""
    return [(row.wording, row.state) for row in rows]


def problems(format: Format, text: str | bytes) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(problem.at, problem.what) for problem in read(format, content).problems]
