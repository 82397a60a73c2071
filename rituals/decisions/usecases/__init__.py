"""Everything that happens around a decision; what comes back says what changed."""
