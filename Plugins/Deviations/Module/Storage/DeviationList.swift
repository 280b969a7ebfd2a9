public import EventKit
import Storage
import Vault

/// In which order a list stands.
public enum ListOrder: String, Sendable, Hashable, CaseIterable {
    /// Open cases by deadline, then ended ones, the latest first.
    case due
    /// The latest report first.
    case newest
}

/// A place in a list: what follows is after this row. As text it is the API's cursor.
public struct ListCursor: Sendable, Hashable, CustomStringConvertible {
    var urgency: Int64
    var key: Int64

    init(urgency: Int64, key: Int64) {
        self.urgency = urgency
        self.key = key
    }

    /// Reads what `description` wrote; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let urgency = Int64(parts[0]), let key = Int64(parts[1]) else { return nil }
        self.init(urgency: urgency, key: key)
    }

    public var description: String { "\(urgency).\(key)" }

    /// Before the first row of a list in this order.
    static func start(of order: ListOrder) -> ListCursor {
        ListCursor(urgency: .min, key: order == .due ? .min : .max)
    }
}

/// What a list shows of a deviation.
public struct DeviationRow: Sendable, Hashable {
    public let key: Int64
    public let id: String
    /// Empty until opened.
    public private(set) var title = ""
    private var sealedTitle: [UInt8]
    let keyID: CaseKey.ID
    /// Code of the unit that has the case.
    public let unit: String
    public let campus: String
    public let category: String
    public let environment: String
    /// Raw value of `Status`.
    public let status: String
    public let handler: String?
    public let receivedAt: Timestamp
    public let dueOn: CivilDate
    public let expectedOn: CivilDate?
    let urgency: Int64
    /// How many reports the case has.
    public let reports: Int
    /// Nobody's until opened.
    public private(set) var number = CaseNumber(year: 0, code: 0)

    /// The day that counts now: see `Deviation.deadline`.
    public var deadline: CivilDate { max(dueOn, expectedOn ?? dueOn) }

    /// True when it is open and its deadline lies before `today`.
    public func isOverdue(on today: CivilDate) -> Bool { urgency < today.daysSince1970 }

    static let columns = """
        id, uid, title, unit, campus, category, environment, status, handler, received_at, due_on, expected_on, urgency, \
        key_id, reports
        """

    /// Reads `columns`.
    init(_ row: Row) throws {
        key = row.int64(0)
        id = row.text(1)
        sealedTitle = row.bytes(2)
        unit = row.text(3)
        campus = row.text(4)
        category = row.text(5)
        environment = row.text(6)
        status = row.text(7)
        handler = row.textOrNil(8)
        receivedAt = row.time(9)
        dueOn = row.date(10)
        expectedOn = row.dateOrNil(11)
        urgency = row.int64(12)
        guard let keyID = CaseKey.ID(row.bytes(13)) else { throw StorageError(.other, "a case has no key") }
        self.keyID = keyID
        reports = row.int(14)
    }

    /// Gives it its title and its number.
    mutating func open(by key: CaseKey, _ numbers: CaseNumbers) throws {
        title = try key.openShown(sealedTitle, as: .title)
        number = numbers[self.key, receivedAt: receivedAt]
        sealedTitle = []
    }
}

/// Part of a list.
public struct DeviationPage: Sendable, Hashable {
    public internal(set) var rows: [DeviationRow]
    /// Where the next part begins; nil at the end.
    public let next: ListCursor?
}
