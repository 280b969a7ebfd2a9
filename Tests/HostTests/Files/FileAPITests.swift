import Foundation
import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// `/api/v1/deviations/{id}/files`.
@Suite(.timeLimit(.minutes(5)))
struct FileAPITests {
    private struct Files: Decodable {
        struct File: Decodable {
            let id, name, type, sha256, by: String
            let size: Int
            let preview: Bool
        }

        let items: [File]
    }

    private func send(
        _ client: APIClient, _ id: String, _ text: String, name: String = "notat.txt", query: String = "",
        key: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [
            .contentDisposition:
                "attachment; filename*=UTF-8''\(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        ]
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await client.post(
            "/api/v1/deviations/\(id)/files\(query)", bytes: Array(text.utf8), type: "application/octet-stream",
            headers: headers)
    }

    @Test(arguments: Engine.all)
    func `a file is sent as it is, listed with its hash, and read back`(engine: Engine) async throws {
        try await HostHarness.with(engine, modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let kari = try await host.api("kari")
            let sent = try await send(kari, id, "støy", name: "støy.txt", key: "k1")
            #expect(sent.status == .created && !sent.text.contains("støy"))
            let again = try await send(kari, id, "støy", name: "støy.txt", key: "k1")
            #expect(again.status == .created && again.location == sent.location)
            let other = try await send(kari, id, "noe annet", key: "k1")
            #expect(other.status == .unprocessableContent)
            let hamid = try await host.api("hamid")
            let list = try await hamid.get("/api/v1/deviations/\(id)/files").json(Files.self).items
            #expect(list.map(\.name) == ["støy.txt"] && list.map(\.by) == ["kari"])
            #expect(list.first?.size == 5 && list.first?.sha256.count == 64)
            let file = try await hamid.get(sent.location ?? "")
            #expect(file.text == "støy" && file.header("Content-Disposition")?.hasPrefix("attachment;") == true)
        }
    }

    @Test func `a private file is for those who handle the case, and from them alone`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let (kari, hamid) = (try await host.api("kari"), try await host.api("hamid"))
            #expect(try await send(kari, id, "tekst", query: "?private=true").status == .forbidden)
            let sent = try await send(hamid, id, "tekst", query: "?private=true")
            #expect(sent.status == .created)
            #expect(try await kari.get("/api/v1/deviations/\(id)/files").json(Files.self).items.isEmpty)
            #expect(try await kari.get(sent.location ?? "").status == .notFound)
            #expect(try await hamid.get(sent.location ?? "").status == .ok)
            #expect(try await send(try await host.api("ragnhild"), id, "tekst").status == .notFound)
            for odd in ["1", "TRUE", "yes", ""] {
                #expect(try await send(hamid, id, "tekst", query: "?private=\(odd)").status == .badRequest, "\(odd)")
            }
            // The same request but for who may see it is another one.
            #expect(try await send(hamid, id, "mer", query: "?private=true", key: "k1").status == .created)
            #expect(try await send(hamid, id, "mer", key: "k1").status == .unprocessableContent)
            #expect(try await kari.get("/api/v1/deviations/\(id)/files").json(Files.self).items.isEmpty)
        }
    }

    @Test func `what is refused says why`() async throws {
        try await HostHarness.with(
            modules: [Deviations.self],
            environment: ["TRIVSEL_ATTACHMENTS_CLAMD": "unix:/nowhere", "TRIVSEL_ATTACHMENTS_MAX_MEGABYTES": "1"]
        ) { host in
            let id = try await host.assignedCase()
            let kari = try await host.api("kari")
            let program = try await send(kari, id, "#!/bin/sh")
            #expect(program.status == .unprocessableContent && program.text.contains("program"))
            #expect(try await send(kari, id, String(repeating: "a", count: 1_100_000)).status == .contentTooLarge)
            #expect(try await send(kari, id, "ren tekst").status == .serviceUnavailable)
            let left = try await host.base.database.read {
                try $0.first("SELECT count(*) FROM vault_file") { $0.int(0) }
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: [
        ("tegning.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("bilde.jpg", "<!doctype html><script>alert(1)</script>"), ("les.txt", "#!/bin/sh\nrm -rf ~"),
        ("bilde.gif", "GIF89a/*\u{1}\u{1}*/=1;<script>alert(1)</script>"),
        ("skjema.pdf", "%PDF-1.7 << /S /JavaScript /JS (app.alert(1)) >>\n%%EOF"), ("a.zip", "PK\u{3}\u{4}"),
    ])
    func `what could run is not stored, whatever it is called`(name: String, content: String) async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.report()
            let kari = try await host.api("kari")
            #expect(try await send(kari, id, content, name: name).status == .unprocessableContent)
            #expect(try await kari.get("/api/v1/deviations/\(id)/files").json(Files.self).items.isEmpty)
        }
    }
}
