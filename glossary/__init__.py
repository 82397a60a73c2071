"""The shared glossary: two sides of every term. Its room is reserved; it has no terms yet."""
