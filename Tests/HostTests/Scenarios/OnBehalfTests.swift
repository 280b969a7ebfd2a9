import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Reports in another's place.
@Suite struct OnBehalfTests {
    private func report(_ host: HostHarness, _ student: String, _ replies: String) async throws -> Answer {
        let behalf =
            ",\"onBehalf\":{\"student\":\"\(student)\",\"consent\":\"Signert 20. november\",\"replies\":\"\(replies)\"}}"
        return try await host.api("berit").post(
            "/api/v1/deviations", String(HostHarness.reportBody().dropLast()) + behalf)
    }

    @Test(arguments: Engine.all)
    func `both identities and the consent are recorded, and replies go where the student chose`(_ engine: Engine)
        async throws
    {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            for (replies, reader, other) in [("student", "ola", "berit"), ("submitter", "berit", "ola")] {
                let id = try await report(host, "ola@ntnu.test", replies).json(CaseReceipt.self).id
                try await host.act("replies", on: id, by: "ingrid", #"{"text":"Vi ser på det"}"#)
                #expect(try await host.browser(reader).get("/deviations/mine/\(id)").text.contains("Vi ser på det"))
                #expect(try await host.browser(other).get("/deviations/mine/\(id)").status == .notFound)
                let seen = try await host.api("ingrid").get("/api/v1/deviations/\(id)").text
                #expect(
                    seen.contains(#""student":"ola","submitter":"berit","consent":"Signert 20. november""#), "\(seen)")
                // Who reports is not the one to handle it, whoever gets the replies.
                #expect(try await host.browser("berit").get("/deviations/\(id)").status != .ok)
                try await eventually("\(reader) is told of the reply") {
                    let jobs = try await host.base.database.read {
                        try $0.query("SELECT payload FROM bus_job") { $0.text(0) }
                    }
                    return jobs.contains {
                        $0.contains("replied") && $0.contains("\"\(reader)\"") && $0.contains(id)
                    }
                }
            }
        }
    }

    @Test func `replies to somebody nobody knows are refused; to the one who reports a name will do`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            #expect(try await report(host, "ukjent@ntnu.test", "student").status == .unprocessableContent)
            #expect(try await report(host, "berit@ntnu.test", "student").status == .unprocessableContent)
            #expect(try await report(host, "En gjestestudent", "submitter").status == .created)
            let form = try await host.browser("berit")
            try await form.get("/deviations/report")
            let sent = try await form.post(
                "/deviations/report",
                [
                    "step": "5", "go": "send", "case": "", "unit": "ie-idi", "campus": "trondheim", "category": "other",
                    "environment": "digital", "ordinaryChannels.tried": "no", "ordinaryChannels.reason": "Hastet",
                    "title": "Får ikke bruker", "description": "Ingen hjelper", "onBehalf": "yes",
                    "behalfStudent": "ola@ntnu.test", "behalfConsent": "Muntlig", "behalfReplies": "student",
                    "serious": "none", "threshold": "unsolved",
                ])
            #expect(sent.location == "/deviations/mine?sent=1", "\(sent.text)")
        }
    }

    @Test func `without the student's consent it is refused, on the page and through the API`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            for consent in [#""consent":"","#, ""] {
                let behalf = #","onBehalf":{"student":"ola@ntnu.test",\#(consent)"replies":"student"}}"#
                let answer = try await host.api("berit").post(
                    "/api/v1/deviations", String(HostHarness.reportBody().dropLast()) + behalf)
                #expect(answer.status == .unprocessableContent)
                #expect(answer.wrongFields == ["behalfConsent"], "\(answer.text)")
            }
            let form = try await host.browser("berit")
            try await form.get("/deviations/report")
            let sent = try await form.post(
                "/deviations/report",
                [
                    "step": "5", "go": "send", "case": "", "unit": "ie-idi", "campus": "trondheim", "category": "other",
                    "environment": "digital", "ordinaryChannels.tried": "no", "ordinaryChannels.reason": "Hastet",
                    "title": "Får ikke bruker", "description": "Ingen hjelper", "onBehalf": "yes",
                    "behalfStudent": "ola@ntnu.test", "behalfConsent": "", "behalfReplies": "student",
                    "serious": "none", "threshold": "unsolved",
                ])
            #expect(sent.status == .unprocessableContent && sent.text.contains("href=\"#behalfConsent\""))
            #expect(try await host.rows("deviations_case") == 0)
        }
    }

    @Test func `who reported for whom stands nowhere in the clear`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            _ = try await report(host, "ola@ntnu.test", "student")
            let rows = try await host.base.database.read {
                try $0.query("SELECT sealed FROM deviations_behalf") { String(decoding: $0.bytes(0), as: UTF8.self) }
            }
            #expect(rows.count == 1 && !rows[0].contains("berit") && !rows[0].contains("Signert"))
        }
    }
}
