import ModuleKit

/// What is stored of whistleblows, who sees it and for how long.
struct PrivacyTexts: TextSet {
    let anonymous: PageSection
    /// Months after its conclusion for which a case is kept.
    let sections: @Sendable (Int) -> [PageSection]

    static let nb = PrivacyTexts(
        anonymous: PageSection(
            "Når du varsler anonymt",
            "Vi lagrer det du skriver, og filene du legger ved. Vi lagrer ikke hvem du er: ikke navn, ikke adressen til maskinen, ikke når på dagen du skrev, og ingen økt eller informasjonskapsel. Koden du får, er det eneste som åpner saken for deg, og den er ikke lagret så den kan leses.",
            "Pass på hva du skriver selv. Det som bare du kan vite, kan røpe deg, og bilder kan vise mer enn du tror."
        ),
        sections: { months in
            [
                PageSection(
                    "Når du varsler med navn",
                    "Da lagrer vi også hvem du er. Bare de upartiske varslingsmottakerne ser det, ikke lederen din og ikke de som driver systemet."
                ),
                PageSection(
                    "Hvor lenge varsler tas vare på",
                    "Alt er kryptert med en nøkkel for hver sak. \(months) måneder etter at saken er konkludert, slettes den, og nøkkelen ødelegges, så heller ikke en sikkerhetskopi kan leses."
                ),
            ]
        })
    static let nn = PrivacyTexts(
        anonymous: PageSection(
            "Når du varslar anonymt",
            "Vi lagrar det du skriv, og filene du legg ved. Vi lagrar ikkje kven du er: ikkje namn, ikkje adressa til maskina, ikkje når på dagen du skreiv, og inga økt eller informasjonskapsel. Koden du får, er det einaste som opnar saka for deg, og han er ikkje lagra så han kan lesast.",
            "Pass på kva du skriv sjølv. Det som berre du kan vite, kan røpe deg, og bilete kan vise meir enn du trur."
        ),
        sections: { months in
            [
                PageSection(
                    "Når du varslar med namn",
                    "Då lagrar vi òg kven du er. Berre dei upartiske varslingsmottakarane ser det, ikkje leiaren din og ikkje dei som driv systemet."
                ),
                PageSection(
                    "Kor lenge varsel blir tekne vare på",
                    "Alt er kryptert med ein nøkkel for kvar sak. \(months) månader etter at saka er konkludert, blir ho sletta, og nøkkelen øydelagd, så heller ikkje ein tryggingskopi kan lesast."
                ),
            ]
        })
    static let en = PrivacyTexts(
        anonymous: PageSection(
            "When you blow the whistle anonymously",
            "We store what you write and the files you attach. We do not store who you are: no name, no address of your machine, no time of day, and no session or cookie. The code you get is the only thing that opens the case for you, and it is not stored so that it can be read.",
            "Mind what you write yourself. What only you can know may give you away, and pictures may show more than you think."
        ),
        sections: { months in
            [
                PageSection(
                    "When you blow the whistle by name",
                    "Then we store who you are too. Only the impartial people who are appointed for it see that, not your manager and not those who run the system."
                ),
                PageSection(
                    "How long whistleblows are kept",
                    "All of it is encrypted with a key for each case. \(months) months after the case is concluded it is deleted and its key destroyed, so that a backup cannot be read either."
                ),
            ]
        })
}
