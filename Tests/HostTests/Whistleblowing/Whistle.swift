import Foundation
import HTTPTypes
import Testing
import TrivselTesting
import WhistleblowingModule

typealias Whistleblowing = WhistleblowingModule

/// What a reporter and a keeper do, as the tests do it.
enum Whistle {
    static let path = "/whistleblowing"
    static let title = "Kommentarer på feltkurs"
    static let text = "Kurslederen lo det bort."

    /// Sends a report; the receipt code.
    static func report(_ browser: Browser, title: String = title, text: String = text, excluded: String? = nil)
        async throws -> String
    {
        var fields = [
            ("step", "check"), ("go", "send"), ("as", "anonymous"), ("seed", UUID().uuidString),
            ("category", "harassment"),
            ("campus", "trondheim"), ("title", title), ("description", text),
        ]
        if let excluded { fields.append(("excluded", excluded)) }
        let answer = try await browser.post(path, fields: fields.map { ($0.0, Array($0.1.utf8)) })
        let code = try #require(answer.text.firstMatch(of: /translate="no">([0-9 ]{19})</)).1
        return String(code)
    }

    /// Comes back with the code.
    static func open(_ browser: Browser, _ code: String) async throws -> Answer {
        try await browser.post(path, ["step": "start", "go": "return", "code": code])
    }

    /// Writes to the keepers.
    static func write(_ browser: Browser, _ code: String, _ text: String) async throws -> Answer {
        try await browser.post(path, ["step": "case", "go": "write", "code": code, "text": text])
    }

    /// Sends files to the keepers.
    static func attach(_ browser: Browser, _ code: String, _ files: [Browser.File], text: String = "") async throws
        -> Answer
    {
        try await browser.post(path, ["step": "case", "code": code, "text": text, "go": "write"], files: files)
    }

    /// The addresses of the cases in a keeper's list.
    static func cases(_ keeper: Browser) async throws -> [String] {
        try await keeper.get("/whistleblowing/cases").text.matches(of: /class="row" href="([^"]+)"/).map {
            String($0.1)
        }
    }

    /// A keeper's act on the case at this address.
    static func act(_ keeper: Browser, _ address: String, _ act: String, _ fields: [(String, String)]) async throws
        -> Answer
    {
        let version = try await keeper.get(address).value(ofHidden: "version") ?? ""
        return try await keeper.post(
            "\(address)/\(act)", fields: (fields + [("version", version)]).map { ($0.0, Array($0.1.utf8)) })
    }
}
