import CalendarKit
import DeviationsCore
import EventKit
import Storage
import Vault

/// A consultation as those who are asked find it, before anything is opened.
struct ConsultationRow: Sendable, Hashable {
    let id: String
    /// Id of the deviation.
    let deviation: String
    let category: String
    let unit: String
    let deadline: CivilDate
    let isAnswered: Bool
}

extension DeviationStore {
    static func add(_ consultation: Consultation, toCase caseKey: Int64, by key: CaseKey, in tx: Transaction) throws {
        let id = consultation.id
        let endsAt = Oslo.endOfDay(consultation.deadline)
        try tx.execute(
            """
            INSERT INTO deviations_consultation (uid, case_id, started_at, deadline, ends_at, question, extract)
            VALUES (\(id), \(caseKey), \(consultation.startedAt), \(consultation.deadline), \(endsAt),
                \(key.seal(consultation.question, as: .question(id))), \(key.seal(consultation.extract, as: .extract(id))))
            """)
        for consulted in consultation.people {
            try tx.execute(
                """
                INSERT INTO deviations_consulted (consultation, person, ends_at)
                VALUES (\(id), \(consulted.person), \(endsAt))
                """)
        }
    }

    /// Which deviation the consultation belongs to; nil when there is none.
    static func deviation(ofConsultation id: String, in reader: Reader) throws -> String? {
        try reader.first(
            """
            SELECT c.uid FROM deviations_consultation q JOIN deviations_case c ON c.id = q.case_id WHERE q.uid = \(id)
            """
        ) { $0.text(0) }
    }

    static func consultations(ofCase caseKey: Int64, by key: CaseKey, in reader: Reader) throws -> [Consultation] {
        let all = try reader.query(
            """
            SELECT uid, question, extract, started_at, deadline FROM deviations_consultation
            WHERE case_id = \(caseKey) ORDER BY started_at, uid
            """
        ) { row in
            let id = row.text(0)
            return Consultation(
                id: id, question: try key.open(row.bytes(1), as: .question(id)),
                extract: try key.open(row.bytes(2), as: .extract(id)), startedAt: row.time(3), deadline: row.date(4),
                people: [])
        }
        return try all.map { consultation in
            var consultation = consultation
            consultation.people = try reader.query(
                """
                SELECT person, is_impartial, answered_at FROM deviations_consulted
                WHERE consultation = \(consultation.id) ORDER BY person
                """
            ) { Consultation.Consulted(person: $0.text(0), isImpartial: $0.boolOrNil(1), answeredAt: $0.timeOrNil(2)) }
            return consultation
        }
    }

    /// What the person is asked at `now`, the nearest deadline first. `token` is the person's among those whom cases are kept from.
    static func consultations(
        for person: String, token: String, at now: Timestamp, in reader: Reader
    ) throws -> [ConsultationRow] {
        try reader.query(
            """
            SELECT q.uid, c.uid, c.category, c.unit, q.deadline, p.answered_at
            FROM deviations_consulted p JOIN deviations_consultation q ON q.uid = p.consultation
                JOIN deviations_case c ON c.id = q.case_id
            WHERE p.person = \(person) AND p.ends_at > \(now) AND (p.is_impartial IS NULL OR p.is_impartial = 1)
                AND c.urgency < \(firstEndedUrgency) AND c.key_id IS NOT NULL
                AND c.locked_to IS NULL
                AND c.id NOT IN (SELECT case_id FROM deviations_exclusion WHERE token = \(token))
            ORDER BY p.ends_at, q.uid LIMIT 100
            """
        ) { row in
            ConsultationRow(
                id: row.text(0), deviation: row.text(1), category: row.text(2), unit: row.text(3),
                deadline: row.date(4), isAnswered: row.timeOrNil(5) != nil)
        }
    }

    /// That somebody was asked, without the case it was about.
    struct Asking: Sendable, Hashable {
        let startedAt: Timestamp
        let deadline: CivilDate
        let isImpartial: Bool?
        let answeredAt: Timestamp?
    }

    /// Every time the person was asked, the latest first, but for cases kept from them. `token` is the person's.
    static func askings(of person: String, token: String, in reader: Reader) throws -> [Asking] {
        try reader.query(
            """
            SELECT q.started_at, q.deadline, p.is_impartial, p.answered_at
            FROM deviations_consulted p JOIN deviations_consultation q ON q.uid = p.consultation
                JOIN deviations_case c ON c.id = q.case_id
            WHERE p.person = \(person) AND \(isOpen(to: token)) ORDER BY q.started_at DESC, q.uid
            """
        ) {
            Asking(
                startedAt: $0.time(0), deadline: $0.date(1), isImpartial: $0.boolOrNil(2), answeredAt: $0.timeOrNil(3))
        }
    }

    static func removeConsultations(ofCase caseKey: Int64, in tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM deviations_consulted WHERE consultation IN
                (SELECT uid FROM deviations_consultation WHERE case_id = \(caseKey))
            """)
        try tx.execute("DELETE FROM deviations_consultation WHERE case_id = \(caseKey)")
    }

    /// Ids of those who are asked.
    static func consulted(in consultation: String, in reader: Reader) throws -> [String] {
        try reader.query("SELECT person FROM deviations_consulted WHERE consultation = \(consultation) ORDER BY person")
        {
            $0.text(0)
        }
    }

    static func declare(_ isImpartial: Bool, _ person: String, in consultation: String, tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_consulted SET is_impartial = \(isImpartial)
            WHERE consultation = \(consultation) AND person = \(person)
            """)
    }

    static func noteAnswer(of person: String, to consultation: String, at now: Timestamp, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE deviations_consulted SET answered_at = \(now)
            WHERE consultation = \(consultation) AND person = \(person)
            """)
    }
}
