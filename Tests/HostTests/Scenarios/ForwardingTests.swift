import HTTPTypes
import Host
import Testing
import TrivselTesting

@testable import DeviationsModule

/// A case on its way from faculty to faculty, and what triage is not let off with.
@Suite struct ForwardingTests {
    private struct Due: Decodable { let dueOn: String }

    private static let reason = "Emnet er deres fra i høst."

    @Test(arguments: Way.allCases)
    func `each hop has a reason that the reporter is told, and who sent it on sees it no more`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let due = try await host.seen(id, by: "kari", .api).json(Due.self).dueOn
            let empty = try await host.send(
                "forwardings", on: id, by: "ingrid", way, ["unit": "hf", "reason": ""])
            #expect(empty.status == .unprocessableContent)
            #expect(
                way == .page ? empty.text.contains("href=\"#forwardings-reason\"") : empty.wrongFields == ["reason"])
            #expect(try await host.seen(id, by: "ingrid", way).status == .ok)
            let sent = try await host.send(
                "forwardings", on: id, by: "ingrid", way, ["unit": "hf", "reason": Self.reason])
            #expect(sent.isTaken, "\(sent.text)")
            for seenBy in Way.allCases {
                let told = try await host.seen(id, by: "kari", seenBy, mine: true)
                #expect(told.status == .ok && told.text.contains(Self.reason), "\(seenBy)")
                let read = try await host.seen(id, by: "nils", seenBy)
                #expect(read.status == .ok && read.text.contains(Self.reason), "\(seenBy)")
                #expect(try await host.seen(id, by: "ingrid", seenBy).status == .notFound, "\(seenBy)")
            }
            #expect(try await host.seen(id, by: "kari", .api).json(Due.self).dueOn == due)
            try await eventually("the reporter is told") { try await host.mails("forwarded") == ["kari"] }
        }
    }

    @Test func `a case that comes back to a faculty it left forces a central decision`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            func forward(_ unit: String, by person: String, _ way: Way) async throws -> Answer {
                try await host.send("forwardings", on: id, by: person, way, ["unit": unit, "reason": Self.reason])
            }
            #expect(try await forward("hf", by: "ingrid", .api).isTaken)
            let refused = try await forward("ie", by: "nils", .api)
            #expect(refused.status == .conflict)
            #expect(try refused.json(ProblemBody.self).type.hasSuffix("central-decision"))
            let page = try await forward("ie", by: "nils", .page)
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("Send den til det sentrale mottaket, som avgjør hvor den hører til."))
            #expect(page.text.contains(Self.reason))
            // The central reception decides, and there it stays.
            #expect(try await forward("sentralmottak", by: "nils", .page).isTaken)
            #expect(try await forward("ie", by: "tone", .api).isTaken)
            #expect(try await host.seen(id, by: "ingrid", .page).status == .ok)
            #expect(try await forward("hf", by: "ingrid", .api).status == .conflict)
        }
    }

    @Test(arguments: Way.allCases)
    func `the three questions come first, all of them`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let early = try await host.send("assignments", on: id, by: "ingrid", way, ["handler": "hamid"])
            switch way {
            case .api:
                #expect(early.status == .conflict)
                #expect(try early.json(ProblemBody.self).type.hasSuffix("triage-unanswered"))
            case .page:
                #expect(early.status == .unprocessableContent)
                #expect(early.text.contains("Svar på de tre spørsmålene først."))
            }
            let questions = ["isDeviation", "holdsSensitiveData", "isCensurable"]
            let unanswered = try await host.send("triage", on: id, by: "ingrid", way)
            #expect(unanswered.status == .unprocessableContent)
            for question in questions {
                #expect(
                    way == .page
                        ? unanswered.text.contains("href=\"#triage-\(question)\"")
                        : unanswered.wrongFields.contains(question), "\(question)")
            }
            let answers: KeyValuePairs = ["isDeviation": "yes", "holdsSensitiveData": "yes", "isCensurable": "no"]
            #expect(try await host.send("triage", on: id, by: "ingrid", way, answers).isTaken)
            #expect(try await host.seen(id, by: "ingrid", .page).text.contains("sensitive opplysninger"))
        }
    }

    @Test(arguments: Way.allCases)
    func `a rejection without a reason is refused`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            func reject(_ reason: String) async throws -> Answer {
                try await host.send(
                    "rejection", on: id, by: "ingrid", way,
                    ["isDeviation": "no", "holdsSensitiveData": "no", "isCensurable": "no", "reason": reason])
            }
            let empty = try await reject("")
            #expect(empty.status == .unprocessableContent)
            #expect(way == .page ? empty.text.contains("href=\"#rejection-reason\"") : empty.wrongFields == ["reason"])
            #expect(try await host.seen(id, by: "kari", .api).text.contains("\"status\":\"received\""))
            #expect(try await reject("Dette er bolig.").isTaken)
            #expect(try await host.seen(id, by: "kari", .page, mine: true).text.contains("Dette er bolig."))
        }
    }
}
