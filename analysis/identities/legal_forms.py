"""Legal forms of companies as they are written behind a name or before it, and what they are compared as."""

from __future__ import annotations

import re

__all__ = ["NAME_IN_SIGNS", "PREFIX", "SHOWS_SIGNS", "SUFFIX", "form_key"]

# Long ones in any spelling in use; of alternatives that begin alike the longer stands first.
_GERMAN = (
    r"(?:g?G(?:mb|MB)[Hh]|G\.m\.b\.H\.|Ges\.?\s?m\.?\s?b\.?\s?H\.?|UG(?:\s?\(haftungsbeschränkt\))?|AG|SE)"
    r"\s?(?:&|\+|und)\s?(?:Co\.?|Cie\.?|Comp\.?)\s?(?:KGaA|KG|OHG)?|"
    r"g?G(?:mb|MB)[Hh]|g(?:GmbH|mbh)|G\.m\.b\.H\.|Ges\.?\s?m\.?\s?b\.?\s?H\.?|UG\s?\(haftungsbeschränkt\)|KGaA|OHG|"
    r"e\.\s?K\.|e\.\s?Kfm\.|e\.\s?Kfr\.|e\.\s?V\.|e\.\s?U\.|eGbR|GbR|PartG(?:\s?mbB)?"
)
_ENGLISH = (
    r"(?:Pty|PTY|Pvt|PVT|Pte|PTE)\.?,?\s(?:Ltd|LTD|Limited|LIMITED)\.?|\((?:Pty|PTY)\)\s?(?:Ltd|LTD|Limited)\.?|"
    r"Private\s(?:Limited|Ltd)\.?|Co\.?,?\s?(?:Ltd|LTD|ltd|Limited)\.?|CO\.,?\s?LTD\.?|"
    r"Ltd\.?\s?Şti\.?|LTD\.?\s?ŞT[İI]\.?|Ltd\.?|LTD\.?|Limited|LIMITED|Ltée|Limitée|"
    r"P\.?L\.?L\.?C\.?|LLC|L\.L\.C\.?|LLP|L\.L\.P\.?|L\.P\.|PLC|Plc|plc|ULC|PBC|Designated\sActivity\sCompany|C\.I\.C\.|"
    r"Inc\.?|INC\.?|Incorporated|INCORPORATED|Corp\.|CORP\.|Corporation|CORPORATION|"
    r"FZ-?LLC|FZCO|FZE|DMCC|W\.L\.L\.?|K\.K\.|G\.K\.|Sdn\.?\s?Bhd\.?|SDN\.?\s?BHD\.?|Tbk\.?"
)
_ROMANCE = (
    r"S\.?A\.?P?\.?I?\.?\s?de\s?C\.?V\.?|S\.?\s?de\s?R\.?L\.?(?:\s?de\s?C\.?V\.?)?|"
    r"S\.\s?à\s?r\.\s?l\.?|S\.?A\.?R\.?L\.?|S[àÀ][rR][lL]|Sarl|Sagl|S\.A\.S\.?U?|SASU?|EURL|E\.U\.R\.L\.?|SNC|S\.N\.C\.|[Ss]\.n\.c\.|Snc|"
    r"[Ss]\.\s?r\.\s?l\.\s?s?\.?|S\.R\.L\.?S?|SRLS?|Srls?|S\.p\.A\.?|S\.P\.A\.?|SpA|S\.a\.s\.|S\.A\.(?:U\.|C\.)?|S/A|"
    r"S\.L\.(?:U\.|N\.E\.)?|SLU|S\.Coop\.|BVBA|SPRL|CVBA|VZW|ASBL|B\.V\.?(?:B\.A\.)?|N\.V\.?|V\.O\.F\.|VOF|"
    r"EIRELI|Eireli|EIRL|E\.I\.R\.L\.?|Unipessoal,?\sL(?:da|DA)\.?|Ltda\.?|LTDA\.?|Lda\.?|LDA\.?"
)
_NORTHERN_AND_EASTERN = (
    r"[Ss]p\.?\s?z\s?o\.?\s?o\.?(?:\s?[Ss]p\.?\s?[kj]\.)?|SP\.?\s?Z\s?O\.?\s?O\.?|[Ss]p\.\s?[jk]\.|"
    r"spol\.\s?s\s?r\.\s?o\.?|s\.\s?r\.\s?o\.?|a\.\s?s\.|v\.o\.s\.|j\.d\.o\.o\.?|d\.\s?o\.\s?o\.?|d\.d\.|S\.C\.|"
    r"Kft\.?|Zrt\.?|Nyrt\.?|Bt\.|OÜ|Oyj?(?:\sAb)?|ApS|A/S|I/S|K/S|IVS|ehf\.?|A\.Ş\.?|AŞ|"
    r"Α\.\s?Ε\.|Ε\.\s?Π\.\s?Ε\.|Ο\.\s?Ε\.|Ι\.\s?Κ\.\s?Ε\.|בע[\"״]מ|EOOD|OOD|ЕООД|ООД|ЕАД"
)
# Short ones only as they are properly written, because "AS", "SA" and "AG" are words and places too.
_SHORT = r"AG|KG|SE|SA|SL|AB|AS|BV|NV|UG|OU|ASA|HB|KB|eG|CIC|АД"
#: How each of them begins, told by two characters: most words are passed without a look at the forms.
_BEGINS = r"(?=[^a-z\s][^a-z]|G[ebm]|P[alrtv]|L[dit]|S[adnpr]|Co|In|De|Un|Ei|Tb|Kf|Zr|Ny|Bt|Oy|Ap|g[Gm]|e[.Gh]|pl|s[.p]|[adjv]\.)"
SUFFIX = re.compile(
    rf"(?<![\w.]){_BEGINS}(?:(?P<long>{_GERMAN}|{_ENGLISH}|{_ROMANCE}|{_NORTHERN_AND_EASTERN})|(?P<short>{_SHORT}))(?![\w])"
)
# Forms that stand before the name.
PREFIX = re.compile(
    r"(?<![\w.])(?=[ОЗПНАТФЧИЕOZUSVCP])(?P<form>ООО|ОАО|ЗАО|ПАО|НАО|АО|ТОВ|ТДВ|ПрАТ|ПАТ|ФОП|ТОО|ЧТУП|ЧУП|ОДО|OOO|ZAO|OAO|UAB|SIA|VšĮ|ИП|ЕТ|"
    r"Общество с ограниченной ответственностью|Акционерное общество|Товариство з обмеженою відповідальністю|"
    r"Индивидуальный предприниматель|Фізична особа[\s–-]{1,3}підприємець|Công ty TNHH|Công ty [Cc]ổ phần|PT\.)"
    r"\s{0,3}(?:[«\"“„'](?P<quoted>[^«»\"“”„'\n]{2,60})[»\"”“']|"
    r"(?P<plain>[A-ZА-ЯЁІЇЄÀ-ÞĀ-ŽƠƯ][\w.&-]{1,30}(?:\s[A-ZА-ЯЁІЇЄÀ-ÞĀ-ŽĐƠƯ][\w.&-]{0,30}){0,3}))"
)
#: Forms in Chinese, Japanese and Korean signs, which need no space, and the name before or behind them.
SHOWS_SIGNS = re.compile(r"公司|会社|會社|[(（][株주有][)）]|㈱|㈜|회사")
_SIGN = r"[^\W_]|[·・&＆ー（）()](?=[^\W_])"
NAME_IN_SIGNS = re.compile(
    rf"(?:(?P<before>株式会社|有限会社|合同会社|[(（]株[)）]|㈱|주식회사|유한회사|[(（]주[)）]|㈜)\s?(?P<behind>(?:(?:{_SIGN}){{2,24}}))"
    rf"|(?P<name>(?:{_SIGN}){{2,24}}?)"
    r"(?P<form>(?:股份)?有限(?:责任|責任)?公司|株式会社|有限会社|合同会社|\s?(?:주식회사|유한회사|유한책임회사|[(（]주[)）]|㈜)))"
)

_SAME = {
    "limited": "ltd",
    "privatelimited": "pvtltd",
    "privateltd": "pvtltd",
    "incorporated": "inc",
    "corporation": "corp",
    "ughaftungsbeschränkt": "ug",
    "gmbh+cokg": "gmbh&cokg",
    "gmbhundcokg": "gmbh&cokg",
    "gesmbh": "gmbh",
    "ou": "oü",
    "ooo": "ооо",
    "общество с ограниченной ответственностью": "ооо",
    "товариство з обмеженою відповідальністю": "тов",
    "акционерное общество": "ао",
    "индивидуальный предприниматель": "ип",
    "công ty tnhh": "tnhh",
    "zao": "зао",
    "oao": "оао",
    "coltd": "ltd",
    "colimited": "ltd",
    "sasu": "sas",
    "designatedactivitycompany": "dac",
    "(株)": "株式会社",
    "（株）": "株式会社",
    "㈱": "株式会社",
    "(주)": "주식회사",
    "（주）": "주식회사",
    "㈜": "주식회사",
}
_MARKS = re.compile(r"[\s./(),]")


def form_key(form: str) -> str:
    """What spellings of one legal form are compared as: "Limited" and "Ltd." are one."""
    whole = " ".join(form.split()).casefold()
    if whole in _SAME:
        return _SAME[whole]
    key = _MARKS.sub("", form).casefold()
    return _SAME.get(key, key)
