"""Reports: outline, text, typesetting, filing."""
