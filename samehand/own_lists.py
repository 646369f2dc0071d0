"""The lists of storefronts that are the user's own or licensed: one address or domain a line, ``#`` begins a comment."""

from __future__ import annotations

from analysis.linkage.judgements import Standing, resolve
from crawler.candidates import Rejected, parse_candidate
from samehand.config import Config
from samehand.data_folder import DataFolder
from samehand.judgements import recorded
from samehand.problems import BadInput

__all__ = ["read_list", "standing_of"]


def standing_of(data: DataFolder, config: Config) -> Standing:
    """The judgements known now and the protected storefronts, as the analysis takes them."""
    return resolve(
        recorded(data.state),
        owned=read_list(config, "analysis.owned"),
        licensed=read_list(config, "analysis.licensed"),
    )


def read_list(config: Config, key: str) -> frozenset[str]:
    """The storefronts of the file that ``key`` names, beside the configuration file; none where it names no file."""
    path = config.path(key)
    if path is None:
        return frozenset()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(
            f"{path}: there is no such file, but {key} names it; make it, one domain a line, or take the key out"
        ) from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 text ({error.reason}); write one domain a line") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}); {key} must name a file with one domain a line") from error
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("#")[0].strip()
        if not name:
            continue
        candidate = parse_candidate(name)
        if isinstance(candidate, Rejected):
            raise BadInput(f"{path}, line {number}: {candidate.text} {candidate.reason}")
        found.add(candidate.site)
    return frozenset(found)
