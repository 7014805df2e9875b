"""The JSON API: the same definitions, the same guard and the same readers and writers as the pages, for programs."""
