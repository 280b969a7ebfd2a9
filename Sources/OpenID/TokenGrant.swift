import Foundation

/// What the token endpoint gives for a code.
struct TokenGrant: Decodable, Sendable {
    let idToken, accessToken: String

    private enum CodingKeys: String, CodingKey {
        case idToken = "id_token"
        case accessToken = "access_token"
    }

    private struct Refusal: Decodable { let error: String }

    static func ask(
        _ registration: Registration, _ metadata: Metadata, code: String, verifier: String, by web: Web
    ) async throws(OpenIDError) -> TokenGrant {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", registration.redirect),
            ("code_verifier", verifier),
        ]
        var authorization: String?
        switch registration.clientSecret {
        case nil: form.append(("client_id", registration.clientID))
        case let secret? where metadata.takesSecretInForm:
            form += [("client_id", registration.clientID), ("client_secret", secret)]
        case let secret?:
            // RFC 6749 § 2.3.1: both are escaped first.
            let pair = "\(FormCoding.escaped(registration.clientID)):\(FormCoding.escaped(secret))"
            authorization = "Basic " + Data(pair.utf8).base64EncodedString()
        }
        let reply = try await web.post(metadata.token, form: form, authorization: authorization, for: .token)
        guard reply.status == 200 else { throw refusal(reply) }
        guard let grant = try? JSONDecoder().decode(TokenGrant.self, from: Data(reply.body)) else {
            throw .malformed(.token)
        }
        return grant
    }

    private static func refusal(_ reply: Web.Reply) -> OpenIDError {
        guard (400..<500).contains(reply.status),
            let said = try? JSONDecoder().decode(Refusal.self, from: Data(reply.body)).error,
            (1...40).contains(said.utf8.count), said.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 })
        else { return .unavailable(.token) }
        return .codeRefused(said)
    }
}

extension Metadata {
    /// The standard's own way is preferred; it holds when none is named.
    var takesSecretInForm: Bool {
        guard let methods = authenticationMethods else { return false }
        return methods.contains("client_secret_post") && !methods.contains("client_secret_basic")
    }
}
