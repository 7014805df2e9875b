"""Workbooks in, tables and packages out."""
