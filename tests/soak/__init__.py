"""Long runs in which the bot is killed, loaded, tripped up and fed rubbish: `python -m tests.soak`."""
