"""Crawl ids as times: the only clock that analysis knows."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["days_between"]


def days_between(earlier: str, later: str) -> float:
    """Days from one crawl id to another; 0 where either is no time."""
    try:
        one, two = (datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for text in (earlier, later))
    except ValueError:
        return 0.0
    return (two - one).total_seconds() / 86400
