"""When: reads schedules as people write them, says what comes next, and wakes the bot for it."""
