import DeviationsCore
import EventKit
import ModuleKit
import Storage

/// Who may still be told of a case when the mail is written: what was right when the notice was queued may be so no longer.
struct ToldAccess: Sendable {
    let numbers: CaseNumbers
    /// What stands for a person whom a case is kept from.
    let token: @Sendable (String) -> String

    /// - Parameter notice: names its case by its path, or else by its number.
    func mayBeTold(_ viewer: Viewer, of notice: Notice, _ access: Access, in reader: Reader) throws -> Bool {
        let person = viewer.person.id
        let path = notice.path.split(separator: "/").map(String.init)
        guard path.first == "deviations" else { return true }
        switch (path.dropFirst().first, path.count) {
        // One's own report stays one's own.
        case ("mine", _): return true
        case ("measures", _):
            guard let measure = notice.facts["measure"] else { return true }
            if try CentralMeasures.load(measure, in: reader) != nil {
                return access.mayEverywhere(viewer, DeviationsRights.central)
            }
            return try DeviationStore.owner(ofMeasure: measure, token, in: reader) == person
        case ("consultations", 3):
            return try isKept(
                from: person, try DeviationStore.deviation(ofConsultation: path[2], in: reader), in: reader)
                == false
        // The central reception is told that something is late where it does not see what.
        case (nil, _):
            let id = try notice.facts["number"].flatMap { CaseNumber($0) }.flatMap {
                try DeviationStore.named(by: numbers.key(of: $0), in: reader)?.id
            }
            return try isKept(from: person, id, in: reader) == false
        case (let id?, _):
            guard let parties = try DeviationStore.mainParties(of: id, in: reader) else { return false }
            return access.may(viewer, DeviationsRights.read, on: object(parties, for: person))
        }
    }

    private func isKept(from person: String, _ id: String?, in reader: Reader) throws -> Bool {
        try id.flatMap { try DeviationStore.mainParties(of: $0, in: reader) }?.excluded.contains(token(person)) ?? false
    }

    /// The case as an access question about this person sees it, without its key.
    private func object(_ parties: DeviationParties, for person: String) -> AccessObject {
        AccessObject(
            unit: parties.lockedTo == nil ? parties.unit : "",
            relations: [
                DeviationsRights.reporter: Set([parties.reporter]).subtracting([Deviation.nobody]),
                DeviationsRights.handler: Set([parties.lockedTo == nil ? parties.handler : nil].compactMap(\.self)),
                DeviationsRights.officer: Set([parties.lockedTo].compactMap(\.self)),
            ], excluded: parties.excluded.contains(token(person)) ? [person] : [])
    }
}
