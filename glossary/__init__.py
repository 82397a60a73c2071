"""The shared glossary: two sides of every term, found where people talk, kept alive by those who answer for it."""
