"""Decisions as files: a table for spreadsheets, which is read back too, and Markdown records of each decision.

bytes -> text -> rows and problems; sheets -> a table | a record each | all the records in one
"""

from bot.features.decisions.files.madr import as_madr, file_name, one_file
from bot.features.decisions.files.reading import LARGEST, is_ours, may_be_ours, read
from bot.features.decisions.files.table import as_csv

__all__ = ["LARGEST", "as_csv", "as_madr", "file_name", "is_ours", "may_be_ours", "one_file", "read"]
