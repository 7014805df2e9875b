"""Typesetting: a frozen document model becomes DOCX bytes and, where LibreOffice is present, PDF."""
