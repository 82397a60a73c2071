"""Measures the promises that are ratios or rates: `python -m tests.bench` prints them and writes var/bench.json."""
