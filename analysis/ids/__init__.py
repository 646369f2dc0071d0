"""Grammars of tracking and service ids."""
