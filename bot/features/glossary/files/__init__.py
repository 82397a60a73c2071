"""A glossary as a file that people edit: YAML, a table for spreadsheets, or Markdown.

bytes -> text -> rows and problems, by format; rows -> text, which reads back as the same rows
"""

from bot.features.glossary.files.formats import FORMATS, Format, format_of, read, write

__all__ = ["FORMATS", "Format", "format_of", "read", "write"]
