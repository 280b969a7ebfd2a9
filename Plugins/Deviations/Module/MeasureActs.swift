import DeviationsCore
import ModuleKit
import Storage
import Vault

/// What the owner of a measure may do with it, without seeing its case.
enum MeasureAct: String, CaseIterable, Sendable {
    case completion, effect

    func act(on measure: String, _ form: FormData) -> any DeviationsCore.Act {
        switch self {
        case .completion: CompleteMeasure(measure: measure, effect: form["effect"])
        case .effect: CheckEffect(measure: measure, effect: form["effect"])
        }
    }
}

extension DeviationActs {
    /// The case behind a measure of the viewer's own, and its key.
    ///
    /// - Throws: `Problem` 404 for a measure that is not theirs.
    func caseOfMeasure(_ measure: String, _ viewer: Viewer, _ visit: Visit) async throws -> (id: String, key: CaseKey) {
        let (person, token) = (viewer.person.id, cases.token(of: viewer.person.id))
        let id = try await database.read { try DeviationStore.caseOfMeasure(measure, ownedBy: person, token, in: $0) }
        let owned = AccessObject(unit: "", relations: [DeviationsRights.owner: [person]])
        guard let id, visit.access.may(viewer, DeviationsRights.ownMeasure, on: owned),
            let key = try await cases.key(of: id)
        else { throw ModuleKit.Problem.notFound(visit.language) }
        return (id, key)
    }

    /// Does `act` to a measure that is still the viewer's own.
    ///
    /// Not by version: the owner cannot see what others have changed in the case.
    func perform(
        _ act: any DeviationsCore.Act, onMeasure measure: String, _ place: (id: String, key: CaseKey),
        by viewer: Viewer,
        _ visit: Visit, in tx: Transaction
    ) throws -> StoredDeviation {
        let person = viewer.person.id
        let current = try DeviationStore.caseOfMeasure(measure, ownedBy: person, cases.token(of: person), in: tx)
        guard current == place.id else { throw ModuleKit.Problem.notFound(visit.language) }
        return try perform([act], on: place.id, place.key, by: person, visit.way, at: visit.now, ifVersion: nil, in: tx)
    }
}
