import DeviationsCore

/// What the tables of a new installation hold. The institution changes it there, not here.
enum FirstData {
    /// The kinds of deviation that the guideline names (“Avvik”).
    static let categories = [
        Category(
            code: "information-flow", bokmaal: "Informasjonsflyt", nynorsk: "Informasjonsflyt",
            english: "Information flow"),
        Category(
            code: "feedback", bokmaal: "Tilbakemelding og veiledning", nynorsk: "Tilbakemelding og rettleiing",
            english: "Feedback and supervision"),
        Category(
            code: "teaching", bokmaal: "Lærings- og undervisningsformer", nynorsk: "Lærings- og undervisningsformer",
            english: "Teaching and learning forms"),
        Category(
            code: "exam", bokmaal: "Eksamens- og vurderingsformer", nynorsk: "Eksamens- og vurderingsformer",
            english: "Exam and assessment forms"),
        Category(code: "timetabling", bokmaal: "Timeplanlegging", nynorsk: "Timeplanlegging", english: "Timetabling"),
        Category(code: "grading", bokmaal: "Sensur", nynorsk: "Sensur", english: "Grading"),
        Category(
            code: "reference-groups", bokmaal: "Referansegrupper", nynorsk: "Referansegrupper",
            english: "Reference groups"),
        Category(
            code: "equipment", bokmaal: "Utstyr og lokaler", nynorsk: "Utstyr og lokale",
            english: "Equipment and premises"),
        Category(
            code: "universal-design", bokmaal: "Universell utforming, fysisk og digital",
            nynorsk: "Universell utforming, fysisk og digital", english: "Universal design, physical and digital"),
        Category(code: "other", bokmaal: "Annet", nynorsk: "Anna", english: "Other"),
    ]

    /// As a new installation once had it: a migration has it, and another puts `guidelineTime` into it.
    static let norwegianGuideline = """
        Avvik er feil og mangler i utdanning og læringsmiljø. Alle studenter, ansatte og enheter kan melde. Prøv \
        først de ordinære kanalene: faglærer, emneevaluering, studenttillitsvalgt eller referansegruppe; for ansatte \
        dialog i fagmiljøet, studieprogramråd eller evalueringsrapporter. Meldingsansvarlig ved fakultetet tar imot \
        meldingen, og en behandler følger den opp snarest mulig og innen fire uker. Tar det lengre tid, får du et \
        foreløpig svar med årsak og forventet dato (forvaltningsloven § 11 a). Alvorlige og kritikkverdige forhold \
        meldes som varsel, ikke som avvik.
        """

    static let englishGuideline = """
        Deviations are faults and shortcomings in education and the learning environment. All students, employees \
        and units may report. Try the ordinary channels first: the teacher, course evaluation, student \
        representatives or the reference group; for employees dialogue in the academic environment, the \
        study-programme council or evaluation reports. The intake officer of the faculty receives the report, and a \
        case handler follows it up as soon as possible and within four weeks. If it takes longer, you get a \
        preliminary reply with the cause and an expected date (Public Administration Act § 11 a). Serious or \
        censurable matters are reported as whistleblows, not as deviations.
        """

    /// What the guideline says of how long it takes, in Norwegian and English: by what first stood there. How many days there are is a setting.
    static let guidelineTime = (
        norwegian: ("innen fire uker", "innen fristen som står i saken"),
        english: ("within four weeks", "by the date that the case shows")
    )
}
