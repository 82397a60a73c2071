"""The face: Slack, time, configuration, the database handle and the words on the screen."""
