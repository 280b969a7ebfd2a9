public import EventKit

/// What every event of a deviation says about it, as it is after the step: enough for statistics, nothing that was
/// written.
///
/// No person is named. Whoever has to be told is looked up by `id` when the message is made, by who may look.
public struct DeviationFacts: Codable, Sendable, Hashable {
    /// UUIDv7; also the event's subject.
    public var id: String
    /// Code of the faculty or department that has the case.
    public var unit: String
    public var campus: String
    /// Code of the category, see `GET /api/v1/categories`.
    public var category: String
    /// `physical`, `psychosocial`, `organisational`, `digital` or `pedagogical`.
    public var environment: String
    /// `received`, `assigned`, `rejected` or `closed`.
    public var status: String
    public var receivedAt: Timestamp
    /// The last day to answer, counted from the first receipt; no step moves it.
    public var dueOn: CivilDate

    public init(
        id: String, unit: String, campus: String, category: String, environment: String, status: String,
        receivedAt: Timestamp, dueOn: CivilDate
    ) {
        self.id = id
        self.unit = unit
        self.campus = campus
        self.category = category
        self.environment = environment
        self.status = status
        self.receivedAt = receivedAt
        self.dueOn = dueOn
    }
}
