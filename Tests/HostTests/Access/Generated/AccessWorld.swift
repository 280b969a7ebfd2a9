import DeviationsCore
import EventKit
import HTTPTypes
import ModuleKit
import Storage
import TrivselTesting

@testable import DeviationsModule
@testable import Host
@testable import WhistleblowingModule

/// Who calls.
struct AccessActor: Sendable {
    enum Way: Sendable {
        /// Pages with a session, the API with a token that writes.
        case both
        case readToken, scimToken
        case signedOut
    }

    let id: String
    var roles: [(role: Role, unit: String)] = []
    var affiliation = Affiliation.employee
    var way = Way.both
}

/// One of the things that addresses name.
struct AccessThing: Sendable {
    let kind: AccessKind
    /// What stands for the parameters of an address, the thing's own among them.
    var ids: [String: String]
    var object = AccessObject(unit: "")
    /// Whose it is.
    var owner: String?
    /// A word that nobody reads who may not see it.
    var marker: String?
    /// Whether it is the case that has parts: the report that was merged, a file, a measure.
    var isMain = false

    /// An id of the same form, of nothing.
    var twin: String { String(id.dropLast(8)) + String(id.suffix(8).map { $0 == "a" ? "b" : "a" as Character }) }

    var id: String { ids[kind.parameter] ?? "" }
}

/// People of all roles, and things of two faculties in all states.
struct AccessWorld: Sendable {
    static let actors: [AccessActor] =
        [
            AccessActor(id: "acc-officer", roles: [(.intakeOfficer, "ie")]),
            AccessActor(id: "acc-officer-hf", roles: [(.intakeOfficer, "hf")]),
            AccessActor(id: "acc-kept", roles: [(.intakeOfficer, "ie")]),
            AccessActor(id: "acc-handler", roles: [(.caseHandler, "ie-idi")]),
            AccessActor(id: "acc-handler-hf", roles: [(.caseHandler, "hf-isl")]),
            AccessActor(id: "acc-idle-handler", roles: [(.caseHandler, "ie-idi")]),
            AccessActor(id: "acc-line", roles: [(.lineManager, "ie-idi")]),
            AccessActor(id: "acc-line-hf", roles: [(.lineManager, "hf")]),
            AccessActor(id: "acc-quality", roles: [(.educationQuality, "ntnu")]),
            AccessActor(id: "acc-pro-rector", roles: [(.proRector, "ntnu")]),
            AccessActor(id: "acc-secretary", roles: [(.lmuSecretary, "ntnu")]),
            AccessActor(id: "acc-member", roles: [(.lmuMember, "ntnu")], affiliation: .student),
            AccessActor(id: "acc-keeper", roles: [(.vaultKeeper, "trondheim")]),
            AccessActor(id: "acc-keeper-gjovik", roles: [(.vaultKeeper, "gjovik")]),
            AccessActor(id: "acc-admin", roles: [(.administrator, "ntnu")]),
            AccessActor(id: "acc-admin-ie", roles: [(.administrator, "ie")]),
            AccessActor(id: "acc-ombud", roles: [(.ombud, "ntnu")]),
            AccessActor(id: "acc-hse", roles: [(.hseSystem, "ie")]),
            AccessActor(id: "acc-auditor", roles: [(.auditor, "ntnu")]),
            AccessActor(id: "acc-deputy"), AccessActor(id: "acc-asked"),
            AccessActor(id: "acc-reporter", affiliation: .student),
            AccessActor(id: "acc-reporter-hf", affiliation: .student),
            AccessActor(id: "acc-stranger", affiliation: .external),
            AccessActor(id: "acc-ended", roles: [(.intakeOfficer, "ie"), (.vaultKeeper, "trondheim")]),
            AccessActor(id: "acc-reader", roles: [(.intakeOfficer, "ie")], way: .readToken),
            AccessActor(id: "acc-scim", roles: [(.administrator, "ntnu")], way: .scimToken),
            AccessActor(id: "", way: .signedOut),
        ]

    let host: HostHarness
    let access: Access
    private(set) var things: [AccessThing] = []
    private(set) var keys: [String: AccessKeys] = [:]

    /// The policy that is asked what should happen, whatever the host goes by.
    init(_ host: HostHarness, policy: [Policy]) async throws {
        self.host = host
        let actors = Self.actors.filter { !$0.id.isEmpty }
        let now = host.clock.now
        try await host.base.database.write { tx in
            let people = actors.map {
                Person(
                    id: $0.id, name: "Zofie \($0.id.uppercased())", email: "\($0.id)@ntnu.test", language: .en,
                    affiliation: $0.affiliation, unit: "ie-idi", campus: "trondheim")
            }
            try Directory.put(people, in: tx)
            for actor in actors {
                for one in actor.roles {
                    try Directory.put(
                        RoleGrant(person: actor.id, role: one.role, unit: one.unit, from: now, to: nil), in: tx)
                }
            }
            try Directory.add(
                Deputyship(
                    id: "acc-deputyship", person: "acc-officer", deputy: "acc-deputy", from: now, to: nil),
                by: "acc-officer", at: now, in: tx)
        }
        for actor in Self.actors { keys[actor.id] = try await AccessKeys(actor, host) }
        access = Access(policy: policy, chart: try await host.base.directory.freshChart())
        try await addCases()
        try await addWhistleblows()
        try await addOthers()
        host.clock.advance(seconds: 60)
        let later = host.clock.now
        try await host.base.database.write { _ = try Sessions.end(person: "acc-ended", by: "sync", at: later, in: $0) }
    }

    func viewer(_ actor: AccessActor) -> Viewer? {
        guard actor.way != .signedOut, actor.id != "acc-ended" else { return nil }
        let person = Person(
            id: actor.id, name: "", email: "", language: .en, affiliation: actor.affiliation, unit: nil, campus: nil)
        return Viewer(person: person, grants: access.chart.grants(of: actor.id, at: host.clock.now))
    }

    /// The cases and whistleblows of which this actor must read no word.
    func hidden(from actor: AccessActor) -> [AccessThing] {
        let told = things.filter { $0.marker != nil }
        guard let viewer = viewer(actor) else { return told }
        let readable = told.filter { thing in
            guard thing.kind == .deviation else {
                return thing.owner == actor.id || access.may(viewer, WhistleblowingRights.handle, on: thing.object)
            }
            return [DeviationsRights.read, DeviationsRights.disclose].contains {
                access.may(viewer, $0, on: thing.object)
            }
        }
        // A report that is part of a case is read with it.
        let parts = Set(readable.filter { $0.ids["report"] != nil && $0.isMain }.compactMap { $0.ids["report"] })
        return told.filter { thing in
            !readable.contains { $0.id == thing.id } && !parts.contains(thing.id)
        }
    }

    private func api(_ person: String) -> APIClient { APIClient(port: host.port, token: keys[person]?.token) }

    // Cases

    private func report(_ marker: String, by person: String = "acc-reporter", unit: String = "ie-idi") async throws
        -> String
    {
        try await api(person).post("/api/v1/deviations", HostHarness.reportBody(title: marker, unit: unit))
            .json(CaseReceipt.self).id
    }

    @discardableResult
    private func act(_ act: String, _ id: String, _ person: String, _ json: String) async throws -> Answer {
        let answer = try await api(person).act(act, on: id, json)
        guard answer.isTaken else {
            throw NeverCame(description: "\(act) by \(person): \(answer.status) \(answer.text)")
        }
        return answer
    }

    private func assigned(
        _ marker: String, by person: String = "acc-reporter", unit: String, _ officer: String, _ handler: String
    )
        async throws -> String
    {
        let id = try await report(marker, by: person, unit: unit)
        try await act("triage", id, officer, #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        try await act("assignments", id, officer, "{\"handler\":\"\(handler)\"}")
        return id
    }

    private mutating func addCases() async throws {
        let rich = try await assigned("Qvartz rik sak", unit: "ie-idi", "acc-officer", "acc-handler")
        let closed = try await assigned("Qvartz lukket sak", unit: "ie-idi", "acc-officer", "acc-handler")
        let rejected = try await report("Qvartz avvist sak")
        let kept = try await report("Qvartz skjermet sak")
        let merged = try await report("Qvartz slått sammen", by: "acc-reporter-hf")
        let leaving = try await report("Qvartz på vei ut")
        let ids: [(String, String)] = [
            (rich, "Qvartz rik sak"), (closed, "Qvartz lukket sak"), (rejected, "Qvartz avvist sak"),
            (kept, "Qvartz skjermet sak"), (merged, "Qvartz slått sammen"), (leaving, "Qvartz på vei ut"),
            (try await report("Qvartz ny sak"), "Qvartz ny sak"),
            (try await report("Qvartz hos hf", by: "acc-reporter-hf", unit: "hf-isl"), "Qvartz hos hf"),
            (
                try await assigned(
                    "Qvartz tildelt hf", by: "acc-reporter-hf", unit: "hf-isl", "acc-officer-hf", "acc-handler-hf"),
                "Qvartz tildelt hf"
            ),
        ]
        try await act("cause", closed, "acc-handler", #"{"whatHappened":"a","why":"b"}"#)
        try await act("closing", closed, "acc-handler", #"{"outcome":"Ordnet"}"#)
        try await act(
            "triage", rejected, "acc-officer",
            #"{"isDeviation":false,"holdsSensitiveData":false,"isCensurable":false}"#)
        try await act("rejection", rejected, "acc-officer", #"{"reason":"Ikke et avvik"}"#)
        try await act("exclusions", kept, "acc-officer", #"{"people":["acc-kept"],"names":""}"#)
        let parts = try await addParts(of: rich, merged)
        let officer = "acc-officer"
        try await host.base.database.write { tx in
            let key = try tx.first("SELECT id FROM deviations_case WHERE uid = \(leaving)") { $0.int64(0) }
            try DeviationStore.lock(key ?? 0, to: officer, in: tx)
        }
        let vault = CaseVault(host.base.vault, database: host.base.database)
        for (id, marker) in ids {
            let key = try await vault.key(of: id)
            let stored = try await host.base.database.read { try DeviationStore.load(id, key: key, in: $0) }
            guard let stored else { throw NeverCame(description: marker) }
            things.append(
                AccessThing(
                    kind: .deviation,
                    ids: ["id": id].merging(parts.merging(id == merged ? ["report": rich] : [:]) { $1 }) { a, _ in a },
                    object: stored.deviation.accessObject, marker: marker, isMain: id == rich))
        }
    }

    /// A file, a hidden passage, a measure, an extract that somebody is asked about, and a report that was merged: their ids.
    private mutating func addParts(of id: String, _ report: String) async throws -> [String: String] {
        let file = try await api("acc-officer").post(
            "/api/v1/deviations/\(id)/files", bytes: Array("vedlegg".utf8), type: "application/octet-stream",
            headers: [.contentDisposition: "attachment; filename=\"a.txt\""])
        try await act("masks", id, "acc-officer", #"{"passage":"ingen svarer","reason":"navn"}"#)
        try await act("cause", id, "acc-handler", #"{"whatHappened":"a","why":"b"}"#)
        try await act(
            "measures", id, "acc-handler",
            #"{"action":"Ny rutine","cause":"b","owner":"acc-line","dueOn":"2026-12-10"}"#)
        try await act(
            "consultations", id, "acc-handler",
            #"{"people":["acc-asked"],"question":"Hva mener dere?","extract":"Sensuren er sen","deadline":"2026-12-04"}"#
        )
        try await act("merges", id, "acc-officer", "{\"cases\":[\"\(report)\"]}")
        let found = try await host.base.database.read { reader in
            try ["deviations_mask", "deviations_consultation", "deviations_measure"].map { table in
                try reader.first("SELECT uid FROM \(raw: table)") { $0.text(0) } ?? ""
            }
        }
        things.append(
            AccessThing(
                kind: .consultation, ids: ["consultation": found[1]],
                object: AccessObject(unit: "", relations: [DeviationsRights.asked: ["acc-asked"]])))
        things.append(AccessThing(kind: .measure, ids: ["measure": found[2]], owner: "acc-line"))
        return [
            "file": String((file.location ?? "").split(separator: "/").last ?? ""), "mask": found[0],
            "measure": found[2], "report": report, "form": "notes",
        ]
    }

    private mutating func addWhistleblows() async throws {
        for (marker, excluded) in [("Qvartz varsel", nil), ("Qvartz om mottakeren", "acc-keeper")] {
            _ = try await Whistle.report(host.visitor(), title: marker, excluded: excluded)
        }
        let named = try await api("acc-reporter").post(
            "/api/v1/whistleblowing",
            #"{"named":true,"category":"threats","campus":"gjovik","title":"Qvartz ved navn","description":"Det hendte."}"#
        )
        guard named.isTaken || named.status == .created else { throw NeverCame(description: named.text) }
        try await found()
    }

    /// Reads them as their keepers do.
    private mutating func found() async throws {
        struct Item: Decodable { let id: String }
        struct List: Decodable { let items: [Item] }
        let (host, chart) = (host, access.chart)
        func keepers(_ unit: String) -> Set<String> {
            Set(chart.holders(of: .vaultKeeper, at: unit, now: host.clock.now))
        }
        var seen: Set<String> = []
        for person in keepers("trondheim").union(keepers("gjovik")).union(keepers("ntnu")).sorted() {
            let client = try await host.api(person)
            for item in try await client.get("/api/v1/whistleblowing/cases").json(List.self).items
            where seen.insert(item.id).inserted {
                let text = try await client.get("/api/v1/whistleblowing/cases/\(item.id)").text
                let marker = ["Qvartz varsel", "Qvartz om mottakeren", "Qvartz ved navn"].first { text.contains($0) }
                let campus = marker == "Qvartz ved navn" ? "gjovik" : "trondheim"
                let near = keepers(campus).subtracting(marker == "Qvartz om mottakeren" ? ["acc-keeper"] : [])
                things.append(
                    AccessThing(
                        kind: .whistleblow, ids: ["id": item.id, "file": AccessWorld.unknown],
                        object: AccessObject(
                            unit: campus,
                            relations: [WhistleblowingRights.keeper: near.isEmpty ? keepers("ntnu") : near]),
                        owner: marker == "Qvartz ved navn" ? "acc-reporter" : nil, marker: marker))
            }
        }
    }

    // What the host keeps

    private mutating func addOthers() async throws {
        let now = host.clock.now
        let template = ReplyTemplate(name: "Fra IE", bokmaal: "Ord", nynorsk: "Ord", english: "Words")
        try await host.base.database.write { tx in
            try TemplateStore.put(
                StoredTemplate(id: AccessWorld.template, unit: "ie", template: template), by: "acc-officer", at: now,
                in: tx)
        }
        things.append(
            AccessThing(kind: .template, ids: ["template": AccessWorld.template], object: AccessObject(unit: "ie")))
        things.append(
            AccessThing(kind: .deputyship, ids: ["deputyship": "acc-deputyship"], owner: "acc-officer"))
        let own = try await host.base.database.read { reader in
            (
                try reader.first("SELECT id FROM host_token WHERE person = 'acc-reporter'") { $0.text(0) } ?? "",
                try reader.first("SELECT id FROM host_session WHERE person = 'acc-reporter'") { $0.text(0) } ?? "",
                try reader.first("SELECT id FROM directory_grant WHERE person = 'acc-handler'") { $0.text(0) } ?? ""
            )
        }
        things.append(AccessThing(kind: .token, ids: ["token": own.0], owner: "acc-reporter"))
        things.append(AccessThing(kind: .session, ids: ["session": own.1], owner: "acc-reporter"))
        things.append(AccessThing(kind: .grant, ids: ["grant": own.2], object: AccessObject(unit: "ie-idi")))
        let asked = Answering(client: api("acc-quality"))
        let request = try await asked.register(email: "acc-reporter@ntnu.test", name: "Zofie")
        let ids = ["request": request, "case": AccessWorld.unknown, "file": AccessWorld.unknown]
        things.append(AccessThing(kind: .request, ids: ids, owner: "acc-reporter"))
        things.append(AccessThing(kind: .ownRequest, ids: ids, owner: "acc-reporter"))
    }

    /// As an id has it; of nothing.
    static let unknown = "019ac000-0000-7000-8000-000000000000"
    private static let template = "019ac000-0000-7000-8000-00000000abcd"
}
