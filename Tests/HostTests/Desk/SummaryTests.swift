import EventKit
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

@testable import DeviationsModule

/// “You said, we did”: public, without a trace of the case, and nothing where there are few.
@Suite struct PublicSummaryTests {
    private static let text = "Sensuren har fått reserver som trer inn."

    @Test(arguments: Engine.all)
    func `what a case led to is shown to everybody once the faculty has closed enough cases that month`(engine: Engine)
        async throws
    {
        try await HostHarness.with(
            engine, modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_PUBLIC_MINIMUM": "2"]
        ) {
            host in
            let id = try await host.closedCase()
            let refused = try await host.api("hamid").publish(id, #"{"summary":"x","isAnonymous":false}"#)
            #expect(refused.status == .unprocessableContent)
            try await host.act("summary", on: id, by: "hamid", #"{"summary":"\#(Self.text)","isAnonymous":true}"#)
            let path = "/deviations/you-said-we-did"
            #expect(try await host.visitor().get(path).text.contains(Self.text) == false)
            let api = "/api/v1/you-said-we-did"
            #expect(try await host.stranger().get(api).text == #"{"items":[]}"#)
            // Education quality sees that it waits, and why.
            #expect(try await host.browser("unni").get(path).text.contains("vises ikke: for få saker"))

            _ = try await host.closedCase()
            _ = try await host.browser("unni").get(path)
            let page = try await host.visitor().get(path)
            #expect(page.status == .ok && page.text.contains(Self.text) && page.text.contains("november 2026"))
            let number = try await host.number(of: id)
            #expect(!page.text.contains(id) && !page.text.contains(number) && !page.text.contains("27."))
            #expect(!page.text.contains("Rostami") && !page.text.contains("Solbakken"))
            #expect(try await host.visitor().get("\(path)?faculty=hf").text.contains(Self.text) == false)
            #expect(try await host.visitor().get("\(path)?campus=trondheim").text.contains(Self.text))
            let told = #"""
                {"items":[{"month":"2026-11","faculty":"ie","campus":"trondheim","norwegian":"\#(Self.text)","english":null}]}
                """#
            for query in ["", "?faculty=ie", "?campus=trondheim"] {
                #expect(try await host.stranger().get("\(api)\(query)").text == told, "\(query)")
            }
            #expect(try await host.stranger().get("\(api)?faculty=hf").text == #"{"items":[]}"#)
        }
    }

    @Test func `education quality changes and takes away, others do not`() async throws {
        try await HostHarness.with(modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_PUBLIC_MINIMUM": "2"])
        { host in
            let id = try await host.closedCase()
            _ = try await host.closedCase()
            try await host.act("summary", on: id, by: "hamid", #"{"summary":"\#(Self.text)","isAnonymous":true}"#)
            let summary = try await host.base.database.read {
                try $0.first("SELECT uid FROM deviations_summary") { $0.text(0) } ?? ""
            }
            let path = "/deviations/you-said-we-did/\(summary)"
            #expect(try await host.browser("hamid").post("\(path)/withdrawal").status == .forbidden)
            let unni = try await host.browser("unni")
            let empty = try await unni.post("\(path)/text", ["summary": "", "isAnonymous": "yes"])
            #expect(empty.status == .unprocessableContent)
            #expect(
                try await unni.post("\(path)/text", ["summary": "Bedre sagt.", "isAnonymous": "yes"]).status
                    == .seeOther)
            #expect(try await host.visitor().get("/deviations/you-said-we-did").text.contains("Bedre sagt."))
            #expect(try await unni.post("\(path)/withdrawal").status == .seeOther)
            #expect(try await host.visitor().get("/deviations/you-said-we-did").text.contains("Bedre sagt.") == false)
            #expect(try await unni.post("\(path)/withdrawal").status == .notFound)
        }
    }

    @Test(arguments: Engine.all)
    func `a case that was withdrawn and stopped does not count among those that make it public`(engine: Engine)
        async throws
    {
        try await HostHarness.with(
            engine, modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_PUBLIC_MINIMUM": "2"]
        ) {
            host in
            let (id, stopped) = (try await host.closedCase(), try await host.assignedCase())
            try await host.act("summary", on: id, by: "hamid", #"{"summary":"\#(Self.text)","isAnonymous":true}"#)
            #expect(try await host.reporterAct("withdraw", on: stopped, by: "kari", .api).isTaken)
            try await host.act("after-withdrawal", on: stopped, by: "hamid", #"{"goesOn":false}"#)
            let path = "/deviations/you-said-we-did"
            #expect(try await host.browser("unni").get(path).text.contains("vises ikke: for få saker"))
            #expect(try await host.visitor().get(path).text.contains(Self.text) == false)
            // A second one that was handled does.
            _ = try await host.closedCase()
            _ = try await host.browser("unni").get(path)
            #expect(try await host.visitor().get(path).text.contains(Self.text))
        }
    }

    @Test func `a campus is named only where the faculty closed enough cases there, and enough elsewhere`() async throws
    {
        try await HostHarness.with(modules: [Deviations.self], environment: ["TRIVSEL_DEVIATIONS_PUBLIC_MINIMUM": "2"])
        { host in
            let id = try await host.closedCase()
            _ = try await host.closedCase()
            let away = try await host.closedCase()
            try await host.base.database.write {
                try $0.execute("UPDATE deviations_case SET campus = 'gjovik' WHERE uid = \(away)")
            }
            try await host.act("summary", on: id, by: "hamid", #"{"summary":"\#(Self.text)","isAnonymous":true}"#)
            let page = try await host.visitor().get("/deviations/you-said-we-did").text
            #expect(page.contains(Self.text) && !page.contains("elektroteknikk, Trondheim"))
        }
    }
}

extension HostHarness {
    /// A case of IDI that Hamid has closed.
    func closedCase() async throws -> String {
        let id = try await assignedCase()
        try await act("cause", on: id, by: "hamid", #"{"whatHappened":"Sensor ble syk","why":"Ingen reserve"}"#)
        try await act("closing", on: id, by: "hamid", #"{"outcome":"Ordnet"}"#)
        return id
    }
}

extension APIClient {
    fileprivate func publish(_ id: String, _ json: String) async throws -> Answer {
        let tag = try await get("/api/v1/deviations/\(id)").headers[.eTag] ?? ""
        return try await post("/api/v1/deviations/\(id)/summary", json, headers: [.ifMatch: tag])
    }
}
