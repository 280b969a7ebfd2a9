import CalendarKit
import DeviationsCore
import EventKit
import HTTPTypes
import Host
import ModuleKit
import Storage
import Testing
import TrivselTesting
import Vault

@testable import DeviationsModule

/// Scenarios 6 and 15: where cases lie when people come from elsewhere, and when they leave.
@Suite struct PeopleChangeTests {
    /// Ends the person's role at the next midnight in Norway, and lets that midnight pass.
    private func end(_ role: Role, of person: String, at unit: String, _ host: HostHarness) async throws {
        let midnight = Oslo.endOfDay(Oslo.date(at: host.clock.now))
        let grants = host.base.directory.chart.grants(of: person, at: host.clock.now)
        let grant = try #require(grants.first { $0.role == role && $0.unit == unit })
        try await host.base.database.write {
            try Directory.put(
                RoleGrant(person: person, role: role, unit: unit, from: grant.from, to: midnight), in: $0)
        }
        host.clock.advance(seconds: (midnight.milliseconds - host.clock.now.milliseconds) / 1000)
    }

    private func deputise(_ deputy: String, for person: String, _ host: HostHarness) async throws {
        try await host.base.database.write { [now = host.clock.now] in
            try Directory.add(
                Deputyship(id: Identifier.make(at: now), person: person, deputy: deputy, from: now, to: nil),
                by: "anders", at: now, in: $0)
        }
    }

    @Test(arguments: Engine.all)
    func
        `given the intake officer loses the post at midnight, then access is gone at once, open cases fall to the deputy, none is ownerless, clocks are unchanged`(
            _ engine: Engine
        ) async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.report()
            let before = try await host.api("ingrid").get("/api/v1/deviations/\(id)")
            try await deputise("berit", for: "ingrid", host)
            try await end(.intakeOfficer, of: "ingrid", at: "ie", host)
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").status == .notFound)
            #expect(try await host.browser("ingrid").get("/deviations/\(id)").status == .notFound)
            try await host.openCases().passOn()
            let after = try await host.api("berit").get("/api/v1/deviations/\(id)")
            #expect(after.status == .ok)
            for field in ["dueOn", "receivedAt", "unit"] {
                #expect(value(field, before.text) == value(field, after.text), "\(field)")
            }
            try await host.act(
                "triage", on: id, by: "berit",
                #"{"isDeviation":true,"holdsSensitiveData":false,"isCensurable":false}"#)
        }
    }

    @Test func `without a deputy the cases go to the central reception`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            try await end(.intakeOfficer, of: "ingrid", at: "ie", host)
            try await host.openCases().passOn()
            let seen = try await host.api("tone").get("/api/v1/deviations/\(id)")
            #expect(seen.status == .ok && seen.text.contains("taken-over"))
        }
    }

    @Test
    func `a handler's cases fall to the deputy, and stay where they are until then`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let keeper = host.openCases()
            try await keeper.passOn()
            let untouched = try await host.api("hamid").get("/api/v1/deviations/\(id)")
            #expect(untouched.text.contains("\"handler\":\"hamid\"") && untouched.headers[.eTag] == "\"3\"")
            try await deputise("berit", for: "hamid", host)
            try await end(.caseHandler, of: "hamid", at: "ie", host)
            #expect(try await host.api("hamid").get("/api/v1/deviations/\(id)").status == .notFound)
            try await keeper.passOn()
            #expect(try await host.api("ingrid").get("/api/v1/deviations/\(id)").text.contains("\"handler\":\"berit\""))
        }
    }

    @Test func `a handler's cases without a deputy go back to the intake officer`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            try await end(.caseHandler, of: "hamid", at: "ie", host)
            try await host.openCases().passOn()
            let back = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
            #expect(back.contains("\"handler\":null") && back.contains("\"status\":\"received\""))
        }
    }

    @Test
    func
        `given an exchange student with no faculty in the identity data, then submission works, lands in the central reception, and the clock starts there`()
        async throws
    {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let browser = try await host.browser("ola")
            let form = try await browser.get("/deviations/report")
            let unit = try #require(form.value(ofHidden: "unit"))
            #expect(unit == "sentralmottak")
            let sent = try await browser.post(
                "/deviations/report",
                [
                    "step": "5", "go": "send", "case": Identifier.make(at: host.clock.now), "unit": unit,
                    "campus": "trondheim", "category": "other", "environment": "digital",
                    "serious": "none", "ordinaryChannels.tried": "no",
                    "ordinaryChannels.reason": "Jeg kjenner ingen her",
                    "title": "Får ikke bruker", "description": "Ingen hjelper meg",
                ])
            let place = try #require(sent.location)
            #expect(sent.status == .seeOther && place.hasPrefix("/deviations/mine/"))
            let id = String(place.dropFirst("/deviations/mine/".count).prefix { $0 != "?" })
            let seen = try await host.api("tone").get("/api/v1/deviations/\(id)").text
            #expect(seen.contains("\"unit\":\"sentralmottak\"") && seen.contains("\"dueOn\":\"2026-12-28\""))
        }
    }

    private func value(_ field: String, _ json: String) -> Substring? {
        json.firstRange(of: "\"\(field)\":").map { json[$0.upperBound...].prefix { $0 != "," } }
    }
}
