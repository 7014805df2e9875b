"""The sample year: a fictional city federation's 2023, one tab-separated file a sheet. Everybody in it is invented."""

from lianze.exchange.sample.office import FOLDER, SAMPLE, Sample
from lianze.exchange.sample.writing import write_sample

__all__ = ["FOLDER", "SAMPLE", "Sample", "write_sample"]
