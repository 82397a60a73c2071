"""The glossary where people talk: looking terms up, writing them, and taking them in and out as files."""
