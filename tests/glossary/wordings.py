"""Any wording that a glossary may hold, in any script."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from glossary.exchange import Row, tidied
from glossary.terms import Sense, State, Wording

# Drawing whole wordings takes its time, above all where other tests run beside.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Everything but control characters, halves of pairs and non-characters, and all that some format takes for its own.
_ANY = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_OWN = st.sampled_from("\n\n\t  #-*_:;,'\"\\|<>&!%@`[]{}?=+~$.()0aAsé\u00a0\u200f\u202e\u2028\ufeff\uff1d🚀م")
_PIECES = st.sampled_from(
    [
        "**Business:**",
        "**Stands for**: x",
        "- **Links:** y",
        "### Meaning 2",
        "## Name",
        "# Top",
        "- item",
        "---",
        "***",
        "\\",
        "\n\n",
        "\n",
        "\r\n",
        "\r",
        "terms:",
        "- name: x",
        "null",
        "~",
        "yes",
        "1.5",
        "'=1+1",
        '""',
        "; ",
        "\\;",
        "\t",
        "term,business",
        "```\n",
    ]
)
_TEXT = st.text(_ANY, max_size=8) | st.text(_OWN, max_size=8) | _PIECES
texts = st.lists(_TEXT, max_size=4).map("".join)
names = _TEXT
filled = names.filter(lambda text: bool(text.split()))
senses = st.builds(
    Sense,
    texts,
    texts,
    texts,
    st.none() | names,
    st.none() | names,
    st.lists(names, max_size=2).map(tuple),
    names,
)
wordings = st.builds(
    Wording,
    filled,
    st.lists(names, max_size=2).map(tuple),
    st.lists(names, max_size=2).map(tuple),
    st.lists(senses, min_size=1, max_size=2).map(tuple),
)
states: st.SearchStrategy[State] = st.sampled_from(["accepted", "suggested", "disputed", "retired"])
rows = st.builds(Row, st.integers(1, 9), wordings.map(tidied), states)
