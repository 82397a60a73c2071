"""What somebody waits for, from whom, since when: shared by every ritual, owned by none."""
