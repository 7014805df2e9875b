"""Benchmarks: each figure as a ratio to a named baseline measured in the same run."""
