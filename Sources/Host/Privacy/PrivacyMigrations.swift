import Storage

extension PrivacyStore {
    /// Requests of people about their own data, the cases each is answered from, the grounds for saying no, and the log of it all.
    static let migrations = [
        Migration(module: "privacy", number: 1, name: "requests, grounds and acts") { d in
            [
                // What was asked, and by whom with which words, is sealed; `person` is nobody for those who cannot sign in.
                """
                CREATE TABLE privacy_request (
                    id TEXT PRIMARY KEY, version \(d.bigint) NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('access', 'erasure')),
                    person TEXT, received_on TEXT NOT NULL, due_on TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'partly', 'refused')), decided_on TEXT, ground TEXT,
                    key_id \(d.blob) NOT NULL, sealed \(d.blob) NOT NULL,
                    CHECK ((state = 'open') = (decided_on IS NULL)))
                """,
                "CREATE INDEX privacy_request_person ON privacy_request (person, id) WHERE person IS NOT NULL",
                "CREATE INDEX privacy_request_state ON privacy_request (state, due_on, id)",
                // The extract is sealed by its case's key: when the case's content goes, so does what was taken from it.
                """
                CREATE TABLE privacy_case (
                    request TEXT NOT NULL REFERENCES privacy_request (id), module TEXT NOT NULL, object TEXT NOT NULL,
                    extract \(d.blob), PRIMARY KEY (request, module, object))
                """,
                """
                CREATE TABLE privacy_ground (
                    code TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('access', 'erasure')), law TEXT NOT NULL,
                    name_nb TEXT NOT NULL, name_nn TEXT NOT NULL, name_en TEXT NOT NULL, valid_from TEXT NOT NULL,
                    sort \(d.bigint) NOT NULL)
                """,
                """
                CREATE TABLE privacy_act (
                    id \(d.identity), at \(d.bigint) NOT NULL, person TEXT NOT NULL, concerns TEXT, act TEXT NOT NULL,
                    request TEXT, module TEXT, object TEXT)
                """,
                "CREATE INDEX privacy_act_concerns ON privacy_act (concerns, id) WHERE concerns IS NOT NULL",
                "CREATE INDEX privacy_act_request ON privacy_act (request, id) WHERE request IS NOT NULL",
            ] + firstGrounds
        },
        Migration(module: "privacy", number: 2, name: "what goes") { _ in
            [
                "CREATE INDEX privacy_request_decided ON privacy_request (decided_on, id) WHERE decided_on IS NOT NULL",
                "CREATE INDEX privacy_case_object ON privacy_case (module, object)",
                "CREATE INDEX privacy_act_object ON privacy_act (module, object) WHERE object IS NOT NULL",
                "CREATE INDEX privacy_act_loose ON privacy_act (at) WHERE request IS NULL",
                // Once it was kept which case had been erased.
                "UPDATE privacy_act SET module = NULL, object = NULL WHERE act IN ('erased', 'given')",
            ]
        },
        Migration(module: "privacy", number: 3, name: "grounds with dated law") { _ in
            [
                """
                INSERT INTO directory_reference (code, valid_from, nb, nn, en, added_by, added_at)
                SELECT 'refusal-' || code, valid_from, law, law, law, '', 0 FROM privacy_ground
                """,
                "ALTER TABLE privacy_ground DROP COLUMN law",
                "UPDATE directory_version SET version = version + 1 WHERE id = 1",
            ]
        },
    ]

    /// Why a request is refused: maintained in the table, here only what a new installation begins with.
    private static let firstGrounds = [
        """
        INSERT INTO privacy_ground (code, kind, law, name_nb, name_nn, name_en, valid_from, sort) VALUES
        ('confidentiality', 'access', 'personopplysningsloven § 16 første ledd bokstav d', \
        'Opplysningene er undergitt taushetsplikt', 'Opplysningane er underlagde teieplikt', \
        'The information is subject to a duty of confidentiality', '2018-07-20', 1),
        ('internal', 'access', 'personopplysningsloven § 16 første ledd bokstav e', \
        'Opplysningene står bare i tekst for intern saksforberedelse', 'Opplysningane står berre i tekst for intern saksførebuing', \
        'The information stands only in text for internal preparation of a case', '2018-07-20', 2),
        ('others', 'access', 'personopplysningsloven § 16 første ledd bokstav f; personvernforordningen art. 15 nr. 4', \
        'Innsyn ville krenke andres grunnleggende interesser', 'Innsyn ville krenkje grunnleggjande interesser hos andre', \
        'Access would offend the fundamental interests of others', '2018-07-20', 3),
        ('investigation', 'access', 'personopplysningsloven § 16 første ledd bokstav b', \
        'Hemmelighold er nødvendig for å forebygge eller etterforske straffbare handlinger', \
        'Hemmeleghald er nødvendig for å førebyggje eller etterforske straffbare handlingar', \
        'Secrecy is needed to prevent or investigate offences', '2018-07-20', 4),
        ('archive', 'erasure', 'arkivlova (LOV-2025-06-20-96); personvernforordningen art. 17 nr. 3 bokstav b og d', \
        'Saken dokumenterer saksbehandling og må arkiveres', 'Saka dokumenterer saksbehandling og må arkiverast', \
        'The case documents how it was handled and must be archived', '2026-01-01', 5),
        ('duty', 'erasure', 'universitets- og høyskoleloven § 10-1; personvernforordningen art. 17 nr. 3 bokstav b', \
        'Læringsmiljøarbeidet skal dokumenteres', 'Læringsmiljøarbeidet skal dokumenterast', \
        'Work on the learning environment must be documented', '2024-08-01', 6),
        ('claims', 'erasure', 'personvernforordningen art. 17 nr. 3 bokstav e', \
        'Opplysningene trengs for å fastsette eller forsvare et rettskrav', \
        'Opplysningane trengst for å fastsetje eller forsvare eit rettskrav', \
        'The information is needed to establish or defend a legal claim', '2018-07-20', 7)
        """
    ]
}
