"""Organisations, their units, people, posts, portfolios and accounts."""
