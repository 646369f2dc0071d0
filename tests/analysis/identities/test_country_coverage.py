"""Legal notices of many countries as people write them: whose shop it is, and under which number. All names are made up."""

from __future__ import annotations

import pytest

from analysis.identities.companies import companies_in
from analysis.identities.registrations import registrations_in, tax_numbers_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # Germany, Austria, Switzerland
        ("Nebelwald Versand GmbH & Co. KG\nKanalweg 7", "nebelwald versand gmbh&cokg"),
        ("Nebelwald Versand GmbH + Co. KG", "nebelwald versand gmbh&cokg"),
        ("Nebelwald UG (haftungsbeschränkt)", "nebelwald ug"),
        ("Nebelwald UG (haftungsbeschränkt) & Co. KG", "nebelwald ughaftungsbeschränkt&cokg"),
        ("Nebelwald gGmbH", "nebelwald ggmbh"),
        ("Nebelwald Teehandel e.K.", "nebelwald teehandel ek"),
        ("Nebelwald Teehandel e. Kfm.", "nebelwald teehandel ekfm"),
        ("Nebelwald und Sohn OHG", "nebelwald und sohn ohg"),
        ("Nebelwald GbR, Anna und Ole Nebel", "nebelwald gbr"),
        ("Nebelwald Holding SE & Co. KGaA", "nebelwald holding se&cokgaa"),
        ("Nebelwald Handelsgesellschaft m.b.H.", None),
        ("Almrausch Ges.m.b.H.", "almrausch gmbh"),
        ("Almrausch Teeladen e.U.", "almrausch teeladen eu"),
        ("Firn Uhren AG, Zug", "firn uhren ag"),
        ("Firn Montres Sàrl", "firn montres sàrl"),
        ("Firn Orologi Sagl", "firn orologi sagl"),
        # France, Belgium, Luxembourg
        ("La société Brume Claire SAS au capital de 10 000 €", "brume claire sas"),
        ("Brume Claire SASU", "brume claire sas"),
        ("Brume Claire EURL", "brume claire eurl"),
        ("Brume Claire S.A.R.L.", "brume claire sarl"),
        ("Brume Claire SNC", "brume claire snc"),
        ("Brume Claire S.A., 12 rue Haute", "brume claire sa"),
        ("Raison sociale : Brume Claire\nAdresse", "brume claire"),
        ("Ce site est édité par Brume Claire, Lyon", "brume claire"),
        ("Mistkade BVBA", "mistkade bvba"),
        ("Mistkade SPRL", "mistkade sprl"),
        ("Brume Claire S.à r.l.", "brume claire sàrl"),
        # Spain, Portugal, Italy
        ("Bruma Norte, S.L.U.", "bruma norte slu"),
        ("Bruma Norte S.L.", "bruma norte sl"),
        ("Titular: Bruma Norte, Bilbao", "bruma norte"),
        ("Denominación social: Bruma Norte.", "bruma norte"),
        ("Névoa do Norte, Unipessoal Lda.", "névoa do norte unipessoallda"),
        ("Névoa Norte, Lda", "névoa norte lda"),
        ("Nebbia Chiara S.r.l.", "nebbia chiara srl"),
        ("Nebbia Chiara srls", None),
        ("Nebbia Chiara S.r.l.s.", "nebbia chiara srls"),
        ("Nebbia Chiara S.p.A.", "nebbia chiara spa"),
        ("Nebbia Chiara S.n.c.", "nebbia chiara snc"),
        ("Nebbia Chiara S.a.s.", "nebbia chiara sas"),
        ("Ragione sociale: Nebbia Chiara\nSede", "nebbia chiara"),
        # Netherlands
        ("Mistkade B.V. te Utrecht", "mistkade bv"),
        ("Mistkade Handel V.O.F.", "mistkade handel vof"),
        ("Handelsnaam: Mistkade", "mistkade"),
        # Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, Croatia
        ("Mgielna Sp. z o.o. z siedzibą w Łodzi", "mgielna spzoo"),
        ("Mgielna Sp. z o.o. sp. k.", "mgielna spzoospk"),
        ("Mgielna sp.j.", "mgielna spj"),
        ("Mlžná Stezka s.r.o.", "mlžná stezka sro"),
        ("Mlžná Stezka, spol. s r.o.", "mlžná stezka spolsro"),
        ("Mlžná Stezka a.s.", "mlžná stezka as"),
        ("Ködös Kereskedelmi Kft.", "ködös kereskedelmi kft"),
        ("Ködös Nyrt.", "ködös nyrt"),
        ("S.C. Ceata S.R.L.", "ceata srl"),
        ("Ceata Comerț SRL", "ceata comerț srl"),
        ("Мъгла Трейд ЕООД", "мъгла трейд еоод"),
        ("Maglena d.o.o.", "maglena doo"),
        ("Maglena j.d.o.o.", "maglena jdoo"),
        # the North and the Baltic
        ("Dimstig Handel AB, Malmö", "dimstig handel ab"),
        ("Tågesti AS", "tågesti as"),
        ("Tågesti ASA", "tågesti asa"),
        ("Tågesti ApS", "tågesti aps"),
        ("Tågesti A/S", "tågesti as"),
        ("Sumupolku Oy", "sumupolku oy"),
        ("Sumupolku Oyj", "sumupolku oyj"),
        ("Þokustígur ehf.", "þokustígur ehf"),
        ("Udutee OÜ", "udutee oü"),
        ("SIA „Miglas ceļš”", "miglas ceļš sia"),
        ("UAB „Rūko takas“", "rūko takas uab"),
        # Great Britain, Ireland, United States, Canada, Australia, India, South Africa
        ("Mistwood Trading Limited", "mistwood trading ltd"),
        ("Mistwood Trading plc", "mistwood trading plc"),
        ("Mistwood LLP", "mistwood llp"),
        ("Mistwood Tea Designated Activity Company", "mistwood tea dac"),
        ("operated by Mistwood Outfitters, LLC.", "mistwood outfitters llc"),
        ("Mistwood, Inc.", "mistwood inc"),
        ("Mistwood Dental PLLC", "mistwood dental pllc"),
        ("Mistwood Corp.", "mistwood corp"),
        ("Boréale Ltée", "boréale ltée"),
        ("Mistwood ULC", "mistwood ulc"),
        ("Mistwood Pty Ltd", "mistwood ptyltd"),
        ("Mistwood (Pty) Ltd", "mistwood ptyltd"),
        ("Mistwood Pvt. Ltd.", "mistwood pvtltd"),
        ("Mistwood Private Limited", "mistwood pvtltd"),
        ("Mistwood Pte. Ltd.", "mistwood pteltd"),
        ("Mistwood Sdn. Bhd.", "mistwood sdnbhd"),
        ("Mistwood FZ-LLC", "mistwood fz-llc"),
        ("eMist GmbH", "emist gmbh"),
        ("© 2024 mistkram GmbH", "mistkram gmbh"),
        # Turkey, Greece, Russia, Ukraine, Belarus, Kazakhstan
        ("Sisli Yol Tekstil San. ve Tic. Ltd. Şti.", "sisli yol tekstil san ve tic ltdşti"),
        ("Sisli Yol A.Ş.", "sisli yol aş"),
        ("Ομίχλη Α.Ε.", "ομίχλη αε"),
        ("ООО «Туманная тропа»", "туманная тропа ооо"),
        ("Общество с ограниченной ответственностью «Туманная тропа»", "туманная тропа ооо"),
        ("ИП Туманов А.Б.", "туманов а б ип"),
        ("ТОВ «Туманна стежка»", "туманна стежка тов"),
        ("ФОП Туманенко О.В.", "туманенко о в фоп"),
        ("ТОО «Туман»", "туман тоо"),
        # Latin America
        ("Neblina Sur S.A. de C.V.", "neblina sur sadecv"),
        ("Neblina Sur, S. de R.L. de C.V.", "neblina sur sderldecv"),
        ("Neblina Comércio Ltda.", "neblina comércio ltda"),
        ("Neblina EIRELI", "neblina eireli"),
        ("Neblina S.A.C.", "neblina sac"),
        ("Neblina SpA", "neblina spa"),
        # China, Taiwan, Japan, Korea, Vietnam, Indonesia
        ("版权所有 杭州雾林贸易有限公司", "杭州雾林贸易 有限公司"),
        ("公司名称：霧林股份有限公司", "霧林 股份有限公司"),
        ("Wulin (Hangzhou) Trading Co., Ltd.", "wulin hangzhou trading ltd"),
        ("Wulin Trading Co., Ltd.", "wulin trading ltd"),
        ("運営会社：霧の道株式会社", "霧の道 株式会社"),
        ("販売業者 株式会社キリミチ", "キリミチ 株式会社"),
        ("Kirimichi K.K.", "kirimichi kk"),
        ("상호: 주식회사 안개길", "안개길 주식회사"),
        ("(주)안개길 대표 김", "안개길 주식회사"),
        ("Công ty TNHH Sương Mù", "sương mù tnhh"),
        ("PT. Kabut Jaya Abadi", "kabut jaya abadi pt"),
    ],
)
def test_a_company_in_its_countrys_form(text: str, value: str | None) -> None:
    """``None`` stands for what is left out for safety's sake."""
    assert [company.value for company in companies_in(text)] == ([value] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "Hosted by Fernrechner GmbH",
        "Hébergeur : Nuage Lointain SAS",
        "Le site est hébergé par la société Nuage Lointain SAS",
        "Alojado y diseñado por Taller Web S.L.",
        "Realizzazione sito: Officina Digitale S.r.l.",
        "Projekt i wykonanie: Pracownia Sieci Sp. z o.o.",
        "Tvorba e-shopu: Dílna Webu s.r.o.",
        "Sukūrė UAB Tinklo dirbtuvės",
        "Разработка сайта: ООО «Студия Пиксель»",
        "Webdesign von Farbtopf Medien GmbH",
        "Quirkboard is a registered trademark of Quirk Makers Inc.",
        "All logos are trademarks in the United States and other countries of Quirk Makers Ltd.",
        "Powered by Quirkboard 2.1 © 2014 Quirkboard Makers, Inc.",
        "Forum software by Quirkboard™ ©2010-2014 Quirkboard Ltd.",
        "Big Frame Inc. theme",
        "Gloss Beads Inc (64)",
        "shares of Another Maker AG",
        "We are not affiliated with Another Maker Inc.",
        "Artikel der Zeitung lizenziert durch Bilderdienst Nord GmbH",
        "Terms and Conditions of a Limited warranty",
        "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta LLC",
    ],
)
def test_other_peoples_companies(text: str) -> None:
    assert list(companies_in(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Amtsgericht Kiel, HRB 51734", "HRB51734"),
        ("Handelsregister: Amtsgericht Kiel, HRA 4718", "HRA4718"),
        ("Handelsregisternummer HRB 104718 B", "HRB104718"),
        ("WEEE-Reg.-Nr. DE 73918264", "DE73918264"),
        ("LUCID-Nr.: DE4719283650192", "DE4719283650192"),
        ("Firmenbuchnummer: FN 473918 a", "FN473918A"),
        ("CHE-473.918.265 MWST", "CHE473918265"),
        ("R.C.S. Lyon B 473 918 265", "473918265"),
        ("SIRET 473 918 265 00017", "473918265"),
        ("RCS Luxembourg B 173918", "173918"),
        ("BCE 0473.918.265", "0473918265"),
        ("Ondernemingsnummer: 0473.918.265", "0473918265"),
        ("KvK-nummer: 47391826", "47391826"),
        ("KvK: 47391826", "47391826"),
        ("CIF: B-47391826", "B47391826"),
        ("NIPC 547391826", "547391826"),
        ("Cod. Fiscale 04739182650", "04739182650"),
        ("R.E.A. MI-1739182", "MI1739182"),
        ("Reg. Imprese di Milano 04739182650", "04739182650"),
        ("KRS: 0000473918", "0000473918"),
        ("REGON 473918265", "473918265"),
        ("IČO: 47391826", "47391826"),
        ("Cégjegyzékszám: 01-09-473918", "0109473918"),
        ("Nr. reg. com. J40/4739/2019", "J4047392019"),
        ("ЕИК 204739182", "204739182"),
        ("OIB: 47391826507", "47391826507"),
        ("Org.nr: 556473-9182", "5564739182"),
        ("Organisasjonsnummer 947 391 826", "947391826"),
        ("CVR-nr. 47391826", "47391826"),
        ("Y-tunnus: 4739182-6", "47391826"),
        ("Kennitala: 473918-2650", "4739182650"),
        ("Registrikood 14739182", "14739182"),
        ("Reģ. Nr. 40047391826", "40047391826"),
        ("Įmonės kodas 304739182", "304739182"),
        ("Registered in England & Wales No. 04739182", "04739182"),
        ("Registered in England #04739182", "04739182"),
        ("Company Reg: 4739182", "4739182"),
        ("Registered in Ireland under number 473918", "473918"),
        ("Company number: SC473918", "SC473918"),
        ("EIN 47-3918265", "473918265"),
        ("ABN 47 391 826 507", "47391826507"),
        ("ACN 473 918 265", "473918265"),
        ("NZBN 9429047391826", "9429047391826"),
        ("CIN: U47391MH2019PTC473918", "U47391MH2019PTC473918"),
        ("GSTIN: 27AKQPM4739R1ZX", "27AKQPM4739R1ZX"),
        ("UEN: 201947391W", "201947391W"),
        ("Reg. No. 2019/473918/07", "201947391807"),
        ("ОГРН 1047391826507", "1047391826507"),
        ("ИНН 4739182650", "4739182650"),
        ("код ЄДРПОУ 47391826", "47391826"),
        ("УНП 473918265", "473918265"),
        ("БИН 047391826507", "047391826507"),
        ("Mersis No: 0473918265071938", "0473918265071938"),
        ("CNPJ: 47.391.826/0001-57", "47391826000157"),
        ("RFC: NSU190418QK7", "NSU190418QK7"),
        ("CUIT: 30-47391826-5", "30473918265"),
        ("RUT: 76.391.826-K", "76391826K"),
        ("NIT 900.473.918-2", "9004739182"),
        ("RUC: 20473918265", "20473918265"),
        ("统一社会信用代码：91330106MA2K47391X", "91330106MA2K47391X"),
        ("浙ICP备19047391号-1", "浙ICP备19047391"),
        ("浙公网安备 33010602047391号", "浙公网安备33010602047391"),
        ("統一編號：47391826", "47391826"),
        ("法人番号 4739182650719", "4739182650719"),
        ("登録番号：T4739182650719", "T4739182650719"),
        ("사업자등록번호: 473-91-82650", "4739182650"),
        ("통신판매업신고번호: 제2019-서울강남-04739호", "2019서울강남04739"),
        ("ח.פ. 514739182", "514739182"),
        ("Γ.Ε.ΜΗ. 047391826000", "047391826000"),
    ],
)
def test_a_registers_number_behind_its_word(text: str, number: str) -> None:
    assert number in [value for value, _ in registrations_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "КПП 770501001",  # one tax office's code, on all its companies
        "Order no. 47391826",
        "Article 4739-1826-50",
        "HRB",
        "in 2019, 473 people",
        "Tel. 04 73 91 82 65",
        "CNPJ: 00.000.000/0000-00",
    ],
)
def test_numbers_that_are_of_no_register(text: str) -> None:
    assert list(registrations_in(text)) == []


def test_a_word_behind_a_tax_number_is_not_part_of_it() -> None:
    assert [v for v, _, _ in tax_numbers_in("TVA intra-communautaire : FR83404833048 Num CNIL", None)] == ["FR83404833048"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("DIČ: CZ25123891", "CZ25123891"),
        ("P.I. 04718980727", "IT04718980727"),
        ("P.IVA e Cod. Fisc. 04718980727", "IT04718980727"),
        ("BTW NL004495445B01", "NL004495445B01"),
        ("USt-IdNr. DE 136 695 976", "DE136695976"),
        ("UID: ATU13585627, MWSt-Nr. ATU13585627", "ATU13585627"),
        ("ALV FI20774740", "FI20774740"),
    ],
)
def test_tax_numbers_in_their_countrys_words(text: str, number: str) -> None:
    assert [(value, right) for value, _, right in tax_numbers_in(text, None)] == [(number, True)]
