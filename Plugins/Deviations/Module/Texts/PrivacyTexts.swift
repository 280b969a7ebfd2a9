import ModuleKit

/// What is stored of deviations, who sees it and for how long.
struct PrivacyTexts: TextSet {
    /// Months after its end for which a case is kept, 0 for no end; the law on what one writes of others.
    let section: @Sendable (Int, String) -> PageSection

    static let nb = PrivacyTexts { months, law in
        PageSection(
            "Når du melder fra om noe som bør bli bedre",
            "Vi lagrer det du skriver, filene du legger ved, hvem du er, og hva som gjøres med saken. Teksten er kryptert. Meldingsansvarlig, den som behandler saken, og lederne deres ser den. De du har omtalt, ser den ikke.",
            months == 0
                ? "Saken tas vare på til institusjonen bestemmer noe annet."
                : "\(months) måneder etter at saken er avsluttet, fjernes det som er skrevet, om ikke noen må ta vare på det lenger og begrunner det. Tall om hvor mange saker det var, blir.",
            "Skriv om deg selv. Opplysninger om andres helse skal ikke stå i en melding (\(law))."
        )
    }
    static let nn = PrivacyTexts { months, law in
        PageSection(
            "Når du melder frå om noko som bør bli betre",
            "Vi lagrar det du skriv, filene du legg ved, kven du er, og kva som blir gjort med saka. Teksten er kryptert. Meldingsansvarleg, den som behandlar saka, og leiarane deira ser ho. Dei du har omtalt, ser ho ikkje.",
            months == 0
                ? "Saka blir teken vare på til institusjonen bestemmer noko anna."
                : "\(months) månader etter at saka er avslutta, blir det som er skrive, fjerna, om ikkje nokon må ta vare på det lenger og grunngir det. Tal på kor mange saker det var, blir.",
            "Skriv om deg sjølv. Opplysningar om helsa til andre skal ikkje stå i ei melding (\(law))."
        )
    }
    static let en = PrivacyTexts { months, law in
        PageSection(
            "When you report something that should be better",
            "We store what you write, the files you attach, who you are, and what is done with the case. The text is encrypted. The intake officer, whoever handles the case and their managers see it. Those you have written about do not.",
            months == 0
                ? "The case is kept until the institution decides otherwise."
                : "\(months) months after the case is closed, what was written is removed, unless somebody has to keep it longer and says why. Numbers of how many cases there were stay.",
            "Write about yourself. Information about other people's health does not belong in a report (\(law))."
        )
    }
}
