public import DeviationsContract
public import EventKit

/// Forwards the case to another faculty, which does its own triage. The clock is not reset.
///
/// A faculty that has sent it on is not sent it again by another: the central reception decides, and then it stays there.
public struct ForwardToFaculty: Act {
    /// Code of the unit that gets it.
    public var unit: String
    /// Shown to the reporter and to the unit.
    public var reason: String
    /// Code of the central reception.
    public var central: String?
    /// Codes of the faculties in which the units lie that have sent it on.
    public var leftFaculties: Set<String>

    public init(unit: String, reason: String, central: String? = nil, leftFaculties: Set<String> = []) {
        self.unit = unit
        self.reason = reason
        self.central = central
        self.leftFaculties = leftFaculties
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<DeviationForwarded> {
        try deviation.requireOpen()
        var input = InputCheck()
        let unit = input.line(self.unit, .unit)
        let reason = input.text(self.reason, .reason)
        try input.finish()
        if unit == deviation.unit { throw .sameUnit }
        let isCentral = deviation.unit == central
        let left = deviation.leftUnits.union(leftFaculties)
        if unit != central, !isCentral, deviation.isDecidedCentrally || left.contains(unit) {
            throw .centralDecision
        }
        var changed = deviation
        changed.leftUnits.insert(deviation.unit)
        if isCentral && !deviation.leftUnits.isEmpty { changed.isDecidedCentrally = true }
        changed.unit = unit
        changed.status = .received
        changed.triage = nil
        changed.handler = nil
        changed.forwardings += 1
        return Change(
            changed, entry: TimelineEntry(.forwarded, by: actor, at: now, text: reason, reference: unit),
            event: DeviationForwarded(
                deviation: changed.facts, fromUnit: deviation.unit, forwardings: changed.forwardings))
    }
}
