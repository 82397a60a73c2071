"""Decisions that are asked for, taken and kept, and how long they take, counting those that are still open."""
