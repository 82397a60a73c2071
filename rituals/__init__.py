"""What the group does, in its own words: stand-ups, blockers, people and working time; knows no Slack."""
