import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting

/// Several cases are erased by one decision, or none is.
@Suite(.timeLimit(.minutes(5))) struct PrivacyErasureTests {
    private func end(_ id: String, _ host: HostHarness) async throws {
        try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
        try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Ferdig"}"#)
    }

    @Test(arguments: Engine.all)
    func `when one of the cases cannot be erased none is, and the officer is told why`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let ids = try await [host.assignedCase(), host.assignedCase()].sorted()
            try await host.act(
                "measures", on: ids[1], by: "hamid",
                #"{"action":"Bytt vifte","cause":"Slitt","owner":"dagny","dueOn":"2027-02-01"}"#)
            for id in ids {
                try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            }
            let unni = try await host.answering()
            let measure = try await host.base.database.read {
                try $0.first("SELECT uid FROM deviations_measure") { $0.text(0) }
            }
            try await host.act(
                "measures/\(measure ?? "")/move", on: ids[1], by: "hamid", #"{"owner":"dagny","dueOn":"2027-02-01"}"#)
            for id in ids { try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Ferdig"}"#) }
            let request = try await unni.register("erasure", email: "kari@ntnu.test", name: "Kari")
            for id in ids { #expect(try await unni.add(id, to: request).status == .ok) }
            let refused = try await unni.decide(request)
            #expect(refused.status == .conflict)
            #expect(try refused.json(ProblemBody.self).type.hasSuffix("unfinished"))
            for id in ids { #expect(try await host.api("kari").get("/api/v1/deviations/\(id)").status == .ok) }
            #expect(try await unni.read(request).state == "open")
            #expect(try await host.rows("privacy_case") == 2)
            #expect(try await host.rows("privacy_act", where: "act = 'erased'") == 0)
            #expect(try await host.rows("vault_destroy") == 0)
            // The one that can be erased alone is, and nothing says which one it was.
            #expect(try await unni.send(.delete, request, "/cases/\(ids[1])").status == .ok)
            #expect(try await unni.decide(request).status == .ok)
            #expect(try await host.api("kari").get("/api/v1/deviations/\(ids[0])").status == .notFound)
            #expect(try await host.rows("privacy_act", where: "object = '\(ids[0])'") == 0)
            #expect(try await host.rows("privacy_act", where: "act = 'erased' AND object IS NULL") == 1)
        }
    }

    @Test func `what is not theirs stops the decision as a whole`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let (mine, other) = (try await host.report(), try await host.report(by: "ola"))
            let unni = try await host.answering()
            let request = try await unni.register("erasure", email: "kari@ntnu.test", name: "Kari")
            for id in [mine, other] { _ = try await unni.add(id, to: request) }
            let refused = try await unni.decide(request)
            #expect(try refused.json(ProblemBody.self).type.hasSuffix("not-theirs") && refused.status == .conflict)
            #expect(try await host.rows("deviations_case", where: "withdrawn_on IS NOT NULL") == 0)
            let empty = try await unni.register("erasure", email: "kari@ntnu.test", name: "Kari")
            #expect(try await unni.decide(empty).json(ProblemBody.self).type.hasSuffix("no-cases"))
        }
    }

    /// After how many erased cases the process dies.
    @Test(arguments: zip(Engine.all, [1, 2]))
    func `killed between two cases that one decision erases, none is erased, and the decision can be taken again`(
        engine: Engine, erased: Int
    ) async throws {
        try await Installed.with(engine) { installed in
            let (kari, unni) = (try await installed.token("kari"), try await installed.token("unni"))
            var request = ""
            try await installed.dying(at: "privacy.erased", passes: erased) { port, plant in
                try plant()
                request = try await erasing(kari, unni, port: port)
            }
            #expect(try await left(request, installed) == [2, 0, 0, 1])
            try await installed.serving { _, port in
                let answer = try await Answering(client: APIClient(port: port, token: unni)).decide(request)
                #expect(answer.status == .ok)
            }
            #expect(try await left(request, installed) == [0, 2, 3, 0])
        }
    }

    /// Decides on two of Kari's cases, and gets no answer; the request's id.
    private func erasing(_ kari: String, _ unni: String, port: Int) async throws -> String {
        let officer = Answering(client: APIClient(port: port, token: unni))
        let request = try await officer.register("erasure", email: "kari@ntnu.test", name: "Kari")
        for _ in 0..<2 {
            let sent = try await APIClient(port: port, token: kari).post(
                "/api/v1/deviations", HostHarness.reportBody())
            let added = try await officer.add(try sent.json(CaseReceipt.self).id, to: request)
            #expect(added.status == .ok)
        }
        let answer = try? await officer.decide(request)
        #expect(answer == nil)
        return request
    }

    /// Cases of the request, cases withdrawn and without their reporter, acts that say so, and whether the request is open.
    private func left(_ request: String, _ installed: Installed) async throws -> [Int] {
        try await installed.read { reader in
            let queries: [SQL] = [
                "SELECT COUNT(*) FROM privacy_case WHERE request = \(request)",
                "SELECT COUNT(*) FROM deviations_case WHERE withdrawn_on IS NOT NULL AND reporter = ''",
                "SELECT COUNT(*) FROM privacy_act WHERE act IN ('erased', 'granted')",
                "SELECT COUNT(*) FROM privacy_request WHERE state = 'open'",
            ]
            return try queries.map { try reader.first($0) { $0.int(0) } ?? -1 }
        }
    }
}
