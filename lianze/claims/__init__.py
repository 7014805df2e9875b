"""Quantities read from a Chinese report: what each number is, whether the text agrees with itself, and with given figures.

Knows neither Django nor the ledger: the layers above pass the year's figures in as `FigureFact`s.
"""
