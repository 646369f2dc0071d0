"""The languages of the mail and the dossiers: each a table of phrases, counted nouns, names, and wordings of changes."""
