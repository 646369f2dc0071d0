"""The stage: findings in; graph page, weekly mail, dossiers and exports out, in one folder that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.masking import Shown
from reports.dossier import chosen_clusters, dossier_name, render_dossier
from reports.exports import Form, Table, write, write_gexf, write_graphml
from reports.graph_data import GraphLimits
from reports.graph_page import render_graph
from reports.landing import landed_folder, write_new
from reports.languages.catalogue import language_of
from reports.mail import MailSettings, message_bytes, weekly_mail

__all__ = ["ReportFiles", "ReportSettings", "report"]


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What a report is made of.

    ``dossiers``: how many at most; each is a file, in the mail's language. ``plain``: why people's data are not masked (empty:
    they are); the pages say it at their head.
    """

    graph: GraphLimits = field(default_factory=GraphLimits)
    mail: MailSettings = field(default_factory=MailSettings)
    forms: tuple[Form, ...] = (Form.CSV,)
    graphs: bool = True
    dossiers: int = 500
    plain: str = ""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the report lies. ``dossiers`` by cluster id; ``replaced`` counts the characters that XML could not hold."""

    folder: Path
    graph: Path
    mail: Path
    dossiers: Mapping[str, Path]
    exports: tuple[Path, ...]
    replaced: int


def report(findings: Shown, folder: Path, settings: ReportSettings | None = None, mailed: Shown | None = None) -> ReportFiles:
    """Write the whole report to ``folder``, in the place of an older one. ``mailed``: what the mail tells, where not the same.

    Raises ``PlantedError`` where something that is no folder of ours stands in its place, ``OSError`` where the disk fails,
    ``ValueError`` for mail settings that no header can carry. Nothing of an older report is lost then.
    """
    chosen = settings or ReportSettings()
    clusters = chosen_clusters(findings, chosen.dossiers)
    told = frozenset(row.cluster for row in clusters)
    language = language_of(chosen.mail.language)
    with landed_folder(folder) as beside:
        write_new(beside / "graph.html", render_graph(findings, chosen.graph, told, chosen.plain).encode())
        write_new(beside / "weekly.eml", message_bytes(weekly_mail(mailed or findings, chosen.mail)))
        (beside / "dossiers").mkdir()
        for row in clusters:
            page = render_dossier(findings, row, language, chosen.plain)
            write_new(beside / "dossiers" / dossier_name(row.cluster), page.encode())
        names, replaced = _export(findings, beside, chosen)
    return ReportFiles(
        folder=folder,
        graph=folder / "graph.html",
        mail=folder / "weekly.eml",
        dossiers={row.cluster: folder / "dossiers" / dossier_name(row.cluster) for row in clusters},
        exports=tuple(folder / name for name in names),
        replaced=replaced,
    )


def _export(findings: Shown, folder: Path, settings: ReportSettings) -> tuple[list[str], int]:
    names = []
    for table in Table:
        for form in settings.forms:
            names.append(f"{table}.{form}")
            write(findings, table, form, folder / names[-1])
    replaced = 0
    graphs: dict[str, Callable[[Shown, Path], int]] = {"links.graphml": write_graphml, "links.gexf": write_gexf}
    for name, write_graph in graphs.items() if settings.graphs else ():
        replaced = write_graph(findings, folder / name)
        names.append(name)
    return names, replaced
