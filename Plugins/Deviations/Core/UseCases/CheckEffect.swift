public import DeviationsContract
public import EventKit

/// Records whether a measure that is done has worked, also after its case has closed. It can be put better later.
public struct CheckEffect: Act {
    /// The measure's id.
    public var measure: String
    public var effect: String

    public init(measure: String, effect: String) {
        self.measure = measure
        self.effect = effect
    }

    public func apply(
        to deviation: Deviation, by actor: String, at now: Timestamp
    ) throws(DeviationError) -> Change<EffectChecked> {
        guard let index = deviation.measures.firstIndex(where: { $0.id == measure }) else { throw .unknownMeasure }
        let checked = try deviation.measures[index].checked(effect: effect)
        var changed = deviation
        changed.measures[index] = checked
        return Change(
            changed,
            entry: TimelineEntry(.effectChecked, by: actor, at: now, text: checked.effect ?? "", reference: measure),
            event: EffectChecked(deviation: changed.facts, measure: measure))
    }
}
