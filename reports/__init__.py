"""Findings in; graph page, weekly e-mail, dossiers and exports out."""
