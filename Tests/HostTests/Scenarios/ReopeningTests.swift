import HTTPTypes
import Host
import Testing
import TrivselTesting

@testable import DeviationsModule

/// A case that was ended too early: the same case, round after round.
@Suite struct ReopeningTests {
    private struct Seen: Decodable {
        struct Round: Decodable, Equatable { let startedAt, endedAt: String }
        let receivedAt, dueOn, status: String
        let rounds: [Round]
        let recurring: Bool
    }

    @Test(arguments: Engine.all)
    func
        `reopened it is the same case with both handling times, and the third time the line manager is told and it recurs`(
            engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.closedCase()
            let before = try await host.seen(id, by: "hamid", .api).json(Seen.self)
            #expect(before.rounds.isEmpty && !before.recurring)
            for (number, way) in [Way.page, .api, .page].enumerated() {
                let empty = try await host.send("reopening", on: id, by: "hamid", way, ["reason": ""])
                #expect(empty.status == .unprocessableContent, "\(way)")
                host.clock.advance(seconds: 3600)
                let opened = try await host.send("reopening", on: id, by: "hamid", way, ["reason": "Skjedde igjen"])
                #expect(opened.isTaken, "\(opened.text)")
                let seen = try await host.seen(id, by: "hamid", .api).json(Seen.self)
                #expect(seen.status == "assigned" && seen.dueOn == before.dueOn)
                #expect(seen.rounds.count == number + 1 && seen.recurring == (number == 2))
                #expect(seen.rounds.first?.startedAt == before.receivedAt)
                let page = try await host.seen(id, by: "hamid", .page).text
                #expect(page.contains("Tidligere runder") && page.contains("Runde \(number + 1)"))
                #expect(page.contains(">gjentakende<") == (number == 2))
                if number < 2 { #expect(try await host.mails("recurring").isEmpty) }
                host.clock.advance(seconds: 3600)
                #expect(try await host.send("closing", on: id, by: "hamid", way, ["outcome": "Ordnet igjen"]).isTaken)
            }
            try await eventually("the line manager is told") { try await host.mails("recurring") == ["dagny"] }
            // Each round begins when the case was opened, and ended before the next one.
            let rounds = try await host.seen(id, by: "hamid", .api).json(Seen.self).rounds
            #expect(zip(rounds, rounds.dropFirst()).allSatisfy { $0.endedAt < $1.startedAt })
            #expect(rounds.dropFirst().allSatisfy { $0.startedAt < $0.endedAt })
        }
    }
}
