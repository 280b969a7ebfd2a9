import HTTPTypes
import Host
import Storage
import Testing
import TrivselTesting

/// Forms that may bring files are sent in another way than others: what was typed into them is kept as well.
@Suite struct KeptFilesFormTests {
    private static let text = "Sensor ble syk & ingen reserve finnes."

    @Test func `every form keeps what was typed with files when the session has ended while writing`() async throws {
        try await HostHarness.with(modules: [Deviations.self]) { host in
            let id = try await host.assignedCase()
            let pages = ["/sign-in", "/sign-out", "/language"]
            let forms = try await host.routes([Deviations.self])
                .filter { $0.method == .post && !$0.isForAPI && !pages.contains($0.path) }
            try #require(forms.count >= 30)
            let headers: HTTPFields = [.origin: "http://127.0.0.1:\(host.port)"]
            for route in forms {
                let path = route.address(id: id)
                let answer = try await host.visitor(language: "en").post(
                    path, ["text": Self.text, "dueOn": "2027-02-01"], files: [.picture], token: .other(""),
                    headers: headers)
                #expect(answer.status == .unauthorized, "\(route)")
                #expect(answer.text.contains("action=\"\(path)\""), "\(route)")
                #expect(answer.text.contains("Sensor ble syk &amp; ingen reserve"), "\(route)")
                #expect(answer.value(ofHidden: "dueOn") == "2027-02-01", "\(route)")
            }
            let stored = try await host.base.database.read {
                try $0.first("SELECT count(*) FROM deviations_file") { $0.int(0) }
            }
            #expect(stored == 0)
        }
    }
}
