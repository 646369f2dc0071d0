"""Whose name stands at the copyright sign."""

from __future__ import annotations

import pytest

from analysis.identities.holders import holders_in


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("© 2005-2015 Song Cellar. All rights reserved.", "Song Cellar", "song cellar"),
        ("Copyright 2002-2014 www.songcellar.de AG. Alle Rechte vorbehalten.", "www.songcellar.de AG", "www songcellar de ag"),
        ("© 2014 Song Cellar Global Sp. z o.o.", "Song Cellar Global Sp", "song cellar global spzoo"),
        ("© 2014 SONG CELLAR GmbH & Co. KG", "SONG CELLAR GmbH & Co", "song cellar gmbh&cokg"),
        ("Copyright © 1999- SongCellar.com. All rights reserved.", "SongCellar.com", None),
        ("Copyright 2003-14 by SongCellar.com Terms & Privacy Policy, cookies", "SongCellar.com", None),
        ("Free records, ©www.songcellar.com 2010-2014", "www.songcellar.com", None),
        ("Song Cellar 2005-2015 © Wszelkie prawa zastrzeżone", "Song Cellar", "song cellar"),
        ("© Copyright 2019 Song Cellar Impressum Datenschutz", "Song Cellar", "song cellar"),
        ("Powered by Quirkboard | © 2014 Song Cellar", "Song Cellar", "song cellar"),
        ("Copyright Song Cellar Limited. All rights reserved.", "Song Cellar Limited", "song cellar ltd"),
        ("songcellar.com ©2009 vinylKing", "vinylKing", "vinylking"),
        ("© 2013 Ida B. Cellarman. Several rights reserved.", "Ida B. Cellarman", "ida b cellarman"),
        ("© 2007-2022 songcellar.plWszystkie prawa zastrzeżone", "songcellar.pl", None),
        ("© 2013 Song CellarSong Cellar", "Song Cellar", "song cellar"),
        ("© 2020 Song Cellar 4.18.1", "Song Cellar", "song cellar"),
        ("All images © 2013 Song Cellar", "Song Cellar", "song cellar"),
        ("© 2013 | Song Cellar", "Song Cellar", "song cellar"),
    ],
)
def test_a_notice_names_its_holder(text: str, name: str, company: str | None) -> None:
    assert [(h.name, h.company.value if h.company else None, h.is_noticed) for h in holders_in(text)] == [(name, company, True)]


@pytest.mark.parametrize(
    "text", ["Harvest in the hills © Lens Agency", "The old kiln © Mara Lindt / Lens Agency", "Song Cellar, 2004-2007"]
)
def test_a_name_without_year_or_rights_is_no_notice_by_itself(text: str) -> None:
    assert [holder.is_noticed for holder in holders_in(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Powered by Quirkboard® Version 4.1 Copyright © 2014 Quirkboard Makers, Inc. All rights reserved.",
        "Powered by Quirkboard® Version 4.1\nCopyright © 2014 Quirkboard Makers",
        "Quirkboard® Forum Software © Quirkboard Group",
        "Powered by QMF 1.1.19 | QMF © 2013, Plain Makers",
        "Add-ons by Brindle ™ © 2012-2013 Brindle LLC.",
        "Members portal - v9.4 (2687) - © Portal Makers Inc. 2014",
        "©1999-2014 Algunos derechos reservados",
        "© Minden jog fenntartva.",
        "© 2015. Копирование материалов запрещено.",
        "Copyright © 2007 - 2016 - Tous droits réservés",
        "An equal access university | Copyright Complaints | Maintained by",
        "the copyright litigation of recent years",
        "In the U.S. Copyright Office's latest rulemaking",
        "You retain full copyright over your images at all times (2014)",
        "rÃ©cupÃ©rer son bien",
        "sá»©c máº¡nh",
        "Champions League 2014-2015 tables",
        "© Copyright Since 2014",
        "The pressing plant at night. Image copyright 2003, Lens Agency.",
        "Wire material © 2013 Lens Agency.",
        "Song Cellar © 2022 | Made by the harbour",
        "Copyright 2013 The Associated Press. All rights reserved.",
    ],
)
def test_phrases_credits_and_rights_name_nobody(text: str) -> None:
    assert list(holders_in(text)) == []
