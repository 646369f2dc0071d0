"""The words that announce a company's number in its register, by country; their numbers are read elsewhere."""

from __future__ import annotations

__all__ = ["REGISTER_WORDS", "TAX_WORDS"]

#: A register's name in the languages of those who are in it; longer alternatives before those they begin with.
REGISTER_WORDS = "|".join(
    (
        # English: Great Britain, Ireland, United States, Canada, Australia, New Zealand, Singapore, Hong Kong, South Africa
        r"companies house(?: no\.?)?",
        r"compan(?:y|ies) (?:reg(?:istration|istered)?\.?\s?)?(?:number|no|nr|code|id)\.?",
        r"company\s?reg(?:istration|\.)?(?:\s?(?:number|no|nr)\.?)?",
        r"registered (?:company )?(?:number|no)\.?",
        r"(?:registered|incorporated) in (?:the )?[A-Z][A-Za-z]{2,12}(?: (?:and|&|of|Kingdom) ?[A-Z]?[A-Za-z]{0,10}){0,2}"
        r"(?:,? (?:under|with))?(?: (?:company|registration|registered))?(?: ?(?:number|no)\.?| ?#| reg\.? no\.?)",
        r"reg(?:istration|istry|\.)?\s?(?:number|no|nr|code|id)\.?",
        r"business (?:registration )?(?:number|no|id)",
        r"crn|uen|abn|acn|arbn|ein|fein|nzbn|brn|bn|rc|trn",
        # German: Germany, Austria, Switzerland
        r"hrb|hra|handelsregister(?:nummer)?|registernummer|fn|firmenbuch(?:nummer)?|uid|steuernummer|firmennummer|"
        r"wirtschafts-?id(?:entifikationsnummer)?|weee(?:-reg\.?)?-?(?:nr|nummer)?\.?|"
        r"lucid(?:-registrierungs)?-?(?:nr|nummer)?\.?",
        # French: France, Belgium, Luxembourg
        r"siren|siret|rcs(?: [A-ZÀ-Ý][A-Za-zÀ-ÿ-]{1,20}){0,2}(?: [AB])?|r\.c\.s\.(?: [A-ZÀ-Ý][A-Za-zÀ-ÿ-]{1,20}){0,2}(?: [AB])?|"
        r"bce|kbo|n° d['’]entreprise|numéro d['’]entreprise|ondernemings(?:nummer|nr)\.?|rpr(?: [A-Z][a-z]{2,20})?|rpm",
        # Dutch
        r"kvk(?:-?(?:nummer|nr))?\.?|k\.v\.k\.|kamer van koophandel|handelsregister(?:nummer)?|rsin",
        # Polish, Czech, Slovak, Hungarian, Romanian
        r"krs|regon|nip|iČo|ičo|ico|ič|cégjegyzékszám|cg\.?|adószám|cui|c\.u\.i\.|cif|c\.i\.f\.",
        # Spanish and Portuguese, on both sides of the ocean
        r"nif|n\.i\.f\.|nipc|contribuinte|matr[ií]cula|cnpj(?:/mf)?|c\.n\.p\.j\.|cuit|c\.u\.i\.t\.|rut|r\.u\.t\.|ruc|r\.u\.c\.|nit|n\.i\.t\.",
        # Italian
        r"c\.f\.|cod(?:ice|\.)\s?fisc(?:ale|\.)?|rea|r\.e\.a\.|"
        r"reg(?:istro|\.)\s?(?:delle\s)?imprese(?: (?:di )?[A-Z][A-Za-z]{1,15})?",
        # The North and the Baltic
        r"cvr(?:-?nr)?\.?|se-?nr\.?|org\.?[\s-]?(?:nr|nummer)\.?|organisa(?:ti|sj)onsnummer|foretaksregisteret|"
        r"y-tunnus|kennitala|kt\.|registrikood|reg\.?\s?kood|reģ(?:istrācijas|\.)?\s?(?:nr|numurs)\.?|įmonės kodas|į\.k\.",
        # Cyrillic, and the south-east
        r"eik|еик|булстат|огрн(?:ип)?|инн|окпо|унп|бин|едрпоу|єдрпоу|іпн|рнокпп|регистрационный номер|he|"
        r"pib|oib|jib|mbs|mati[cč]ni broj|matična številka|αφμ|α\.φ\.μ\.|γ\.?ε\.?μη\.?|αρ\. γ\.?ε\.?μη\.?",
        # Turkish, Hebrew
        r"mersis|ticaret sicil|vergi(?: kimlik)?|ח\.?פ\.?",
    )
)
#: Words of taxes on turnover.
TAX_WORDS = (
    r"v\.?\s?a\.?\s?t\.?(?:\s(?:reg(?:istration)?\.?|id))?|ust\.?-?\s?id(?:ent(?:ifikations)?)?\.?(?:-?\s?nr|"
    r"nummer)?\.?|umsatzsteuer-?\s?id(?:entifikationsnummer|ent-?nr|nr)?\.?|mwst(?:-?\s?nr)?\.?|"
    r"tva(?:[\s-]?intra[\s-]?communautaire)?|n\.?º? ?iva|"
    r"iva|p\.?\s?iva|partita iva|part\.?\s?iva|p\.\s?i\.|c\.f\. e p\.\s?i(?:va|\.)|"
    r"(?:p\.?\s?)?iva e c(?:od)?\.?\s?f(?:isc(?:ale|\.)?|\.)|"
    r"btw|nif|cif|nip|moms|mva|alv|dph|ič\s?dph|dič|"
    r"kmkr|pvn|pvm(?: kodas)?|adószám|инн|ндс|tax id|gst|oib|αφμ|α\.φ\.μ\."
)
