"""Stand-ups: who is asked what and when, what they answered, and what the group should hear of it."""
