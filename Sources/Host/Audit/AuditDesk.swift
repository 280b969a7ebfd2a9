import CalendarKit
import EventKit
import HTTPTypes
import Hummingbird
import ModuleKit
import Storage
import Vault

/// What the auditor's pages and API have in common: who may, what is looked for, and that whoever reads the trail is noted in it.
struct AuditDesk: Sendable {
    static let right: Right = "host.read-audit"
    /// What a look at the trail itself is a look at.
    static let object = "audit"
    /// Most lines of a file.
    private static let most = 50_000

    let list: AuditList
    let trail: AuditTrail

    /// - Throws: `Problem` 401 or 403.
    func auditor(_ context: AppContext) throws -> (visit: Visit, viewer: Viewer) {
        try context.visitor(with: Self.right)
    }

    /// The same, for somebody who is about to read.
    func reader(_ context: AppContext) async throws -> (visit: Visit, viewer: Viewer) {
        let (visit, viewer) = try auditor(context)
        try await trail.looked(.look(Self.right, at: Self.object, by: viewer, visit))
        return (visit, viewer)
    }

    /// What the address asks for, with what is wrong with it.
    func filter(_ request: Request, _ language: Language) -> (filter: AuditList.Filter, errors: [FieldError]) {
        let (query, text) = (request.uri.queryParameters, AuditTexts[language])
        func value(_ name: Substring) -> String? { query[name].map { $0.trimmingSpaces() }.flatMap(\.nonEmpty) }
        var errors: [FieldError] = []
        func day(_ name: Substring) -> CivilDate? {
            guard let value = value(name) else { return nil }
            let day = CivilDate(value)
            if day == nil { errors.append(FieldError(String(name), text.noDate)) }
            return day
        }
        let filter = AuditList.Filter(
            object: value("object"), person: value("person"), from: day("from"), to: day("to"))
        return (filter, errors)
    }

    /// All that the filter finds, as a table; that it is taken out is noted each time.
    func file(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try auditor(context)
        let (filter, errors) = filter(request, visit.language)
        guard errors.isEmpty else { throw Problem.malformed(visit.language, errors) }
        try await trail.noted([.look(Self.right, at: Self.object, by: viewer, visit)])
        var csv = CSV(AuditTexts[visit.language].columns)
        var after: String?
        repeat {
            guard let page = try await list.read(filter, for: viewer, after: after, limit: 1_000) else { break }
            for line in page.lines { csv.add(line.cells(visit.language)) }
            after = page.next
        } while after != nil && csv.rows < Self.most
        return csv.response(named: "trivsel-audit-\(Oslo.date(at: visit.now)).csv")
    }
}

extension AuditList.Line {
    func cells(_ language: Language) -> [String] {
        let text = AuditTexts[language]
        return [at.description, isLook ? text.look : text.decision, act, object, actor ?? "", way]
    }

    var json: JSON {
        #"{"at":\#(at),"kind":\#(isLook ? "look" : "decision"),"act":\#(act),"object":\#(object),"person":\#(actor),"way":\#(way)}"#
    }
}
