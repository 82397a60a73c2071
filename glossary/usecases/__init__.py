"""All that happens to the glossary: each gets a transaction, a workspace and values."""
