import DeviationsCore
import EventKit
import Storage
import Vault

/// How a deviation lies in its columns.
extension DeviationStore {
    static let allColumns = """
        id, uid, version, unit, campus, category, environment, status, reporter, handler, received_at, due_on, \
        expected_on, ended_at, forwardings, triage_deviation, triage_sensitive, title, reported_unit, occurred_on, \
        threshold, channels_which, channels_text, description, cause_what, cause_why, outcome, \
        withdrawn_on, goes_on, ending, locked_to, cause_prevention
        """

    /// Reads `allColumns` and opens what is sealed; the measures are read apart.
    static func deviation(_ row: Row, _ key: CaseKey) throws -> StoredDeviation {
        let report = Report(
            title: try key.open(row.bytes(17), as: .title), description: try key.open(row.bytes(23), as: .description),
            unit: row.text(18), campus: row.text(4),
            category: row.text(5),
            environment: try known(row.text(6)), occurredOn: row.dateOrNil(19),
            threshold: try row.textOrNil(20).map(known),
            ordinaryChannels: try channels(which: row.textOrNil(21), text: key.opened(row.bytes(22), as: .channels)))
        var deviation = Deviation(
            id: row.text(1), report: report, reporter: row.text(8), receivedAt: row.time(10), dueOn: row.date(11),
            unit: row.text(3), status: try known(row.text(7)), triage: triage(row.boolOrNil(15), row.boolOrNil(16)),
            handler: row.textOrNil(9), forwardings: row.int(14),
            cause: try cause(
                key.opened(row.bytesOrNil(24), as: .whatHappened), key.opened(row.bytesOrNil(25), as: .why),
                key.opened(row.bytesOrNil(31), as: .prevention)),
            expectedOn: row.dateOrNil(12), outcome: try key.opened(row.bytesOrNil(26), as: .outcome),
            endedAt: row.timeOrNil(13))
        deviation.withdrawnOn = row.dateOrNil(27)
        deviation.goesOn = row.bool(28)
        deviation.ending = try row.textOrNil(29).map(known)
        deviation.lockedTo = row.textOrNil(30)
        return StoredDeviation(key: row.int64(0), version: row.int(2), deviation: deviation)
    }

    /// The channels' codes separated by spaces, nil when none was tried; then the words that go with them.
    static func columns(of channels: OrdinaryChannels) -> (which: String?, text: String) {
        switch channels {
        case .tried(let which, let when): (which.map(\.rawValue).joined(separator: " "), when)
        case .notTried(let reason): (nil, reason)
        }
    }

    private static func channels(which: String?, text: String) throws -> OrdinaryChannels {
        guard let which else { return .notTried(reason: text) }
        return .tried(which: try which.split(separator: " ").map { try known(String($0)) }, when: text)
    }

    /// A censurable report is not recorded as one, so what is stored never was.
    private static func triage(_ isDeviation: Bool?, _ isSensitive: Bool?) -> Triage? {
        guard let isDeviation, let isSensitive else { return nil }
        return Triage(isDeviation: isDeviation, holdsSensitiveData: isSensitive, isCensurable: false)
    }

    private static func cause(_ what: String?, _ why: String?, _ prevention: String?) -> Cause? {
        guard let what, let why else { return nil }
        return Cause(whatHappened: what, why: why, prevention: prevention)
    }

    /// The value of a stored code.
    ///
    /// - Throws: `StorageError` if this program does not know it: a newer one has written it.
    static func known<Value: RawRepresentable<String>>(_ code: String) throws -> Value {
        guard let value = Value(rawValue: code) else {
            throw StorageError(.other, "unknown \(Value.self) in the database")
        }
        return value
    }
}
