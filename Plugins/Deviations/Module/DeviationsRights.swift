import DeviationsCore
import ModuleKit

/// Who may do what with deviations. The README's table “Who may” says the same.
enum DeviationsRights {
    /// Send in a report: everyone who is signed in (D2).
    static let report: Right = "deviations.report"
    /// See a case without what is private.
    static let read: Right = "deviations.read"
    /// Open the desk, and see all of a case.
    static let desk: Right = "deviations.desk"
    /// Assess, forward, reject (D10–D12).
    static let triage: Right = "deviations.triage"
    /// Choose or change the case handler.
    static let assign: Right = "deviations.assign"
    /// Write notes, replies and preliminary replies.
    static let write: Right = "deviations.write"
    /// Add files that all may see who see the case.
    static let addFiles: Right = "deviations.addFiles"
    /// Record the cause, decide measures, close (D14–D17).
    static let handle: Right = "deviations.handle"
    /// Say that one is partial.
    static let recuse: Right = "deviations.recuse"
    /// Open an ended case again.
    static let reopen: Right = "deviations.reopen"
    /// Look at what is hidden.
    static let unmask: Right = "deviations.unmask"

    /// Change and take away what the public is told (D21).
    static let publish: Right = "deviations.publish"

    /// Start and see to measures without a case (D21).
    static let central: Right = "deviations.central"

    /// Maintain the categories and the guideline: its owner, and who runs the installation (D1, D6).
    static let maintain: Right = "deviations.maintain"

    /// Register references to HSE deviations that touch students (D24).
    static let registerHSE: Right = "deviations.registerHSE"

    /// Read a case, but not who reported it, to answer what somebody asks about their own data.
    static let disclose: Right = "deviations.disclose"

    /// Take out a list; as the desk.
    static let export: Right = "deviations.export"

    /// Read the extract that one is asked about; nobody's by a role (D15).
    static let consulted: Right = "deviations.consulted"

    /// See a unit's numbers (D20).
    static let overview: Right = "deviations.overview"

    static let permissions = [
        Permission(report, .signedIn),
        Permission(
            read, .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler), .own(reporter),
            .relationWith(officer, .intakeOfficer)),
        Permission(
            desk, .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler),
            .relationWith(officer, .intakeOfficer)),
        Permission(triage, .role(.intakeOfficer), .relationWith(officer, .intakeOfficer)),
        Permission(assign, .role(.intakeOfficer), .role(.lineManager)),
        Permission(write, .role(.intakeOfficer), .relationWith(handler, .caseHandler)),
        Permission(addFiles, .role(.intakeOfficer), .relationWith(handler, .caseHandler), .own(reporter)),
        Permission(handle, .relationWith(handler, .caseHandler)),
        Permission(overview, .role(.intakeOfficer), .role(.lineManager)),
        Permission(publish, .role(.educationQuality)),
        Permission(central, .role(.educationQuality)),
        Permission(disclose, .role(.educationQuality)),
        Permission(registerHSE, .role(.intakeOfficer), .role(.educationQuality), .role(.hseSystem)),
        Permission(maintain, .role(.educationQuality), .role(.administrator)),
        Permission(unmask, .role(.intakeOfficer)),
        Permission(recuse, .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler)),
        Permission(reopen, .role(.intakeOfficer), .role(.lineManager), .relationWith(handler, .caseHandler)),
    ]

    static let handler = "handler"
    static let reporter = "reporter"
    /// Who alone has a case that is on its way to whistleblowing.
    static let officer = "officer"
}

extension Deviation {
    /// The case as an access question sees it. One on its way to whistleblowing is no unit's.
    var accessObject: AccessObject {
        let reporters = Set([reporter]).subtracting([Deviation.nobody])
        // A report that is part of another case is read through that case.
        if mergedInto != nil { return AccessObject(unit: "", relations: [DeviationsRights.reporter: reporters]) }
        if let lockedTo {
            return AccessObject(
                unit: "",
                relations: [DeviationsRights.reporter: reporters, DeviationsRights.officer: [lockedTo]],
                excluded: excluded)
        }
        return AccessObject(
            unit: unit,
            relations: [
                DeviationsRights.reporter: reporters, DeviationsRights.handler: Set([handler].compactMap(\.self)),
            ], excluded: excluded)
    }
}

extension Visit {
    /// Which cases the viewer's lists show; the same as `read` says case by case.
    func scope(of viewer: Viewer, _ cases: CaseVault) -> Scope {
        let scope = access.scope(of: viewer, DeviationsRights.read)
        let isHandler = scope.relations.contains(DeviationsRights.handler)
        // Only who has a role can be kept from something by it.
        let token = scope.units.isEmpty && !isHandler ? nil : cases.token(of: viewer.person.id)
        return Scope(units: scope.units, person: viewer.person.id, isHandler: isHandler, token: token)
    }
}
