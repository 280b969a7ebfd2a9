import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// What becomes of a report that its reporter has taken back.
@Suite struct AfterWithdrawalTests {
    private func withdrawn(_ host: HostHarness, _ way: Way) async throws -> String {
        let id = try await host.assignedCase()
        #expect(try await host.reporterAct("withdraw", on: id, by: "kari", way).isTaken)
        for seenBy in Way.allCases {
            let page = try await host.seen(id, by: "hamid", seenBy)
            #expect(page.status == .ok && !page.text.contains("Kari") && !page.text.contains("\"kari\""))
        }
        return id
    }

    @Test(arguments: Way.allCases)
    func `going on takes a reason and words of its own, and nothing personal is left`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await withdrawn(host, way)
            func goOn(_ reason: String) async throws -> Answer {
                try await host.send(
                    "after-withdrawal", on: id, by: "hamid", way,
                    [
                        "goesOn": "yes", "reason": reason, "keptTitle": "Sensur i emnet",
                        "keptText": "Emnet må ses på.",
                    ])
            }
            let silent = try await goOn("")
            #expect(silent.status == .unprocessableContent)
            #expect(
                way == .page
                    ? silent.text.contains("href=\"#after-withdrawal-reason\"") : silent.wrongFields == ["reason"])
            #expect(try await goOn("Andre kan være berørt").isTaken)
            for seenBy in Way.allCases {
                let kept = try await host.seen(id, by: "hamid", seenBy)
                #expect(kept.text.contains("Andre kan være berørt") && kept.text.contains("Emnet må ses på."))
                for word in ["Kari", "\"kari\"", "tre uker forsinket", "Fristen gikk ut"] {
                    #expect(!kept.text.contains(word), "\(seenBy) \(word)")
                }
                #expect(try await host.seen(id, by: "kari", seenBy, mine: true).status == .notFound)
            }
            #expect(try await host.rows("deviations_case", where: "reporter = 'kari'") == 0)
            #expect(try await host.rows("deviations_entry", where: "author = 'kari'") == 0)
            #expect(try await !host.api("ingrid").search(#"{"q":"forsinket"}"#).text.contains(id))
            // It is a case like others from here on.
            try await host.act("cause", on: id, by: "hamid", #"{"whatHappened":"a","why":"b"}"#)
            try await host.act("closing", on: id, by: "hamid", #"{"outcome":"Ordnet"}"#)
        }
    }

    @Test(arguments: Way.allCases)
    func `stopped, its content is gone, and it is not decided by leaving the question open`(way: Way) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await withdrawn(host, way)
            let open = try await host.send("after-withdrawal", on: id, by: "hamid", way)
            #expect(open.status == .unprocessableContent)
            #expect(
                way == .page
                    ? open.text.contains("href=\"#after-withdrawal-goesOn\"") : open.wrongFields == ["goesOn"])
            #expect(try await host.seen(id, by: "hamid", way).text.contains("Fristen gikk ut"))
            #expect(try await host.send("after-withdrawal", on: id, by: "hamid", way, ["goesOn": "no"]).isTaken)
            for person in ["hamid", "ingrid", "dagny"] {
                for seenBy in Way.allCases {
                    #expect(try await host.seen(id, by: person, seenBy).status == .notFound, "\(person)")
                }
            }
            #expect(try await host.rows("deviations_entry") == 0)
            #expect(try await host.rows("deviations_case", where: "ending = 'withdrawn' AND title IS NULL") == 1)
            let twice = try await host.send("after-withdrawal", on: id, by: "hamid", way, ["goesOn": "no"])
            #expect(twice.status == .notFound)
        }
    }
}
