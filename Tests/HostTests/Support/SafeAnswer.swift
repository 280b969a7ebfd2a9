import HTTPTypes
import Hummingbird
import ModuleKit
import Testing
import TrivselTesting

/// Expects the whole set of headers that protect a reader.
func expectSafe(_ answer: Answer, _ what: String) {
    let policy = answer.header("Content-Security-Policy") ?? ""
    let parts = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    #expect(policy == Response.filePolicy || parts.allSatisfy { policy.contains($0) }, "\(what): \(policy)")
    #expect(!policy.contains("unsafe"), "\(what)")
    #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(what)")
    #expect(answer.header("Referrer-Policy") == "same-origin", "\(what)")
    #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin", "\(what)")
    #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin", "\(what)")
    #expect(answer.header("Permissions-Policy")?.contains("camera=()") == true, "\(what)")
    #expect(answer.header("Cache-Control") != nil, "\(what)")
}

extension Answer {
    /// What of this page would run or paint from within its markup.
    var inline: [Substring] {
        let signs =
            /<style|<script(?![^>]*\ssrc=)[^>]*>|<script[^>]*>[^<]+|<[a-z][^>]*\s(style|on[a-z]+)\s*=|javascript:/
        return text.matches(of: signs.ignoresCase()).map { text[$0.range].prefix(120) }
    }

    /// Where it leads on this site.
    var links: [String] {
        text.matches(of: /(?:href|src)="(\/[^"#]*)/).map { String($0.1).replacing("&amp;", with: "&") }
    }
}
