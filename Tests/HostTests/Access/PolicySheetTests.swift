import Foundation
import HTTPTypes
import ModuleKit
import Testing
import TrivselTesting

@testable import DeviationsModule
@testable import Host
@testable import WhistleblowingModule

/// The policy as people read it says what the policy does.
@Suite struct PolicySheetTests {
    private static let manifests = [Deviations.manifest, Whistleblowing.manifest]

    private func row(_ right: Right, in title: String? = nil) throws -> PolicySheet.Row {
        let tables = PolicySheet(Self.manifests, .en).parts.flatMap(\.tables)
        let rows = tables.filter { title == nil || $0.title == title }.flatMap(\.rows)
        return try #require(rows.first { $0.right == right.description })
    }

    private func rights(in title: String) -> [String] {
        PolicySheet(Self.manifests, .en).parts.flatMap(\.tables).filter { $0.title == title }.flatMap(\.rows)
            .map(\.right)
    }

    @Test func `the documentation has what the command prints`() async throws {
        let run = try await Program().run("policy")
        let kept = try String(contentsOfFile: HostHarness.root + "/Config/policy.md", encoding: .utf8)
        #expect(run.code == 0)
        #expect(run.output == kept, "write it anew: trivsel policy > Config/policy.md")
    }

    @Test func `every act has words in three languages, and somebody who may`() {
        for language in Language.allCases {
            let sheet = PolicySheet(Self.manifests, language)
            for row in sheet.parts.flatMap(\.tables).flatMap(\.rows) {
                #expect(!row.act.isEmpty && !row.may.isEmpty, "\(language) \(row.right)")
            }
            #expect(sheet.markdown.contains("## "))
        }
    }

    @Test func `who sees a case and may not do something is told so, and everybody else that it does not exist`() throws
    {
        let handle = try row(DeviationsRights.handle)
        #expect(handle.may == ["its case handler, as long as they have the role case handler"])
        #expect(handle.refused == ["intake officer", "line manager", "its reporter"])
        let part = try #require(PolicySheet(Self.manifests, .en).parts.first)
        #expect(part.rest?.contains("as if it did not exist") == true)
    }

    @Test func `who is kept away keeps what they wrote themselves, and nothing else`() throws {
        let read = try row(DeviationsRights.read, in: PolicyTexts.en.keptAway)
        #expect(read.may == ["its reporter"])
        #expect(!rights(in: PolicyTexts.en.keptAway).contains(DeviationsRights.desk.description))
    }

    @Test func `a report that is part of another case is its reporter's alone`() throws {
        let title = DeviationsRights.merged.says[.en]
        #expect(try row(DeviationsRights.read, in: title).may == ["its reporter"])
        #expect(!rights(in: title).contains(DeviationsRights.triage.description))
    }

    @Test(arguments: ["anders", "astrid"])
    func `administrators and auditors read it, in their language`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.browser(person).get("/policy")
            #expect(answer.status == .ok && answer.text.contains("<h1>Hvem som får gjøre hva</h1>"))
            #expect(answer.text.contains("deviations.triage") && !answer.text.contains("whistleblowing.handle"))
        }
    }

    @Test(arguments: ["kari", "ingrid", "hamid", "unni", "vigdis"])
    func `nobody else does`(_ person: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let answer = try await host.browser(person).get("/policy")
            #expect(answer.status == .forbidden)
        }
    }
}
