import EventKit
import Foundation
import ModuleKit
import OpenID

/// The providers that people sign in with here.
struct IdentityProviders: Sendable {
    struct Entry: Sendable {
        let settings: ProviderSettings
        let provider: Provider
    }

    /// In the order of the settings.
    let all: [Entry]

    init(_ all: [Entry]) { self.all = all }

    /// - Throws: `StartFailure` when a secret cannot be read.
    init(_ settings: Settings, web: Web, clock: Clock) throws {
        all = try settings.providers.map { one in
            let registration = Registration(
                issuer: one.issuer, clientID: one.clientID, clientSecret: try Self.secret(of: one),
                scopes: one.scopes, redirect: "\(settings.site)\(Self.callback(one.name))",
                affiliation: one.affiliation)
            return Entry(
                settings: one,
                provider: Provider(registration, web: web) { clock.now.milliseconds / 1000 })
        }
    }

    subscript(name: String) -> Entry? { all.first { $0.settings.name == name } }

    /// Where the provider of this name sends browsers back to.
    static func callback(_ name: String) -> String { "/sign-in/\(name)/callback" }

    private static func secret(of provider: ProviderSettings) throws -> String? {
        if provider.secretFile.isEmpty { return provider.secret.nonEmpty }
        guard let text = try? String(contentsOfFile: provider.secretFile, encoding: .utf8).trimmed, !text.isEmpty
        else {
            throw StartFailure(
                "cannot read the client secret in \(provider.secretFile); see signIn.\(provider.name).clientSecretFile")
        }
        return text
    }
}
