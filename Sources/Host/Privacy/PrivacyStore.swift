import EventKit
import Storage

/// What people have asked for about their own data, and the log of what was done. Who may is asked by the caller.
enum PrivacyStore {
    /// One thing that was done; it stays until its time is over.
    struct LoggedAct: Sendable, Hashable {
        let at: Timestamp
        /// Id of who did it.
        let person: String
        let act: String
        let module: String?
        /// Id of the case it was done to.
        let object: String?
    }

    /// Logs an act as part of the transaction of what it is about.
    ///
    /// - Parameter concerns: id of whose data it is; nil for somebody who cannot sign in.
    static func log(
        _ act: PrivacyAct, by person: String, concerning concerns: String?, request: String? = nil,
        module: String? = nil, object: String? = nil, at now: Timestamp, in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO privacy_act (at, person, concerns, act, request, module, object)
            VALUES (\(now), \(person), \(concerns), \(act.rawValue), \(request), \(module), \(object))
            """)
    }

    /// What was done with somebody's data, as they see it, the latest first.
    static func acts(of person: String, in reader: Reader) throws -> [LoggedAct] {
        let told = SQL.list(PrivacyAct.allCases.filter(\.isTold).map(\.rawValue))
        return try reader.query(
            "\(columns) WHERE concerns = \(person) AND act IN (\(told)) ORDER BY id DESC LIMIT 1000", logged)
    }

    /// What was done about a request, in order.
    static func acts(ofRequest id: String, in reader: Reader) throws -> [LoggedAct] {
        try reader.query("\(columns) WHERE request = \(id) ORDER BY id", logged)
    }

    private static let columns: SQL = "SELECT at, person, act, module, object FROM privacy_act"

    private static func logged(_ row: Row) -> LoggedAct {
        LoggedAct(
            at: row.time(0), person: row.text(1), act: row.text(2), module: row.textOrNil(3), object: row.textOrNil(4))
    }
}

/// What is done with a person's data; the raw value stands in the log.
enum PrivacyAct: String, Sendable, CaseIterable {
    case exported, requested
    case caseAdded = "case-added"
    case caseRead = "case-read"
    case caseRemoved = "case-removed"
    case extracted, erased, granted, partly, refused, given

    /// Whether the person sees it. That a case was found or read would tell somebody whom it is kept from that there is one.
    var isTold: Bool {
        switch self {
        case .exported, .requested, .erased, .granted, .partly, .refused: true
        case .caseAdded, .caseRead, .caseRemoved, .extracted, .given: false
        }
    }
}
