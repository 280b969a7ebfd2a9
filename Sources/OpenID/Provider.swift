import Foundation

/// One OpenID Connect provider: leads a browser there, and tells who came back.
public actor Provider {
    /// For so many seconds its metadata are not fetched again.
    private static let lifetime: Int64 = 3600

    public nonisolated let registration: Registration
    private let web: Web
    private let now: @Sendable () -> Int64
    private let keys: KeySet
    private var known: (metadata: Metadata, fetched: Int64)?

    /// `now` in seconds since 1970.
    public init(_ registration: Registration, web: Web, now: @escaping @Sendable () -> Int64) {
        (self.registration, self.web, self.now) = (registration, web, now)
        keys = KeySet(web: web, now: now)
    }

    /// Where to send the browser.
    ///
    /// - Parameter acr: those of which one is asked for; whatever the provider likes when empty.
    public func signIn(_ login: Login, language: String, acr: [String] = []) async throws(OpenIDError) -> String {
        var fields = [
            ("response_type", "code"), ("client_id", registration.clientID), ("redirect_uri", registration.redirect),
            ("scope", registration.scopes.joined(separator: " ")), ("state", login.state), ("nonce", login.nonce),
            ("code_challenge", login.challenge), ("code_challenge_method", "S256"), ("ui_locales", language),
        ]
        if !acr.isEmpty { fields.append(("acr_values", acr.joined(separator: " "))) }
        return FormCoding.address(try await metadata().authorization, fields)
    }

    /// Who came back with this code.
    ///
    /// - Parameter acr: what was asked for at `signIn`.
    public func identity(code: String, _ login: Login, acr: [String] = []) async throws(OpenIDError) -> Identity {
        let metadata = try await metadata()
        let grant = try await grant(code, login, metadata)
        let token = try await verified(grant.idToken, metadata)
        do { try token.check(registration, nonce: login.nonce, acr: acr, now: now()) } catch { throw .token(error) }
        var claims = token.claims
        if let address = metadata.userinfo {
            let bytes = try await web.get(address, bearer: grant.accessToken, for: .userinfo)
            guard let told = try? JSONDecoder().decode(Claims.self, from: Data(bytes)) else {
                throw .malformed(.userinfo)
            }
            guard told.subject == token.subject else { throw .otherPerson }
            claims = told.completed(by: claims)
        }
        if let told = try await affiliation(grant.accessToken, of: token.subject) {
            (claims.affiliation, claims.primaryAffiliation) = (told.affiliation, told.primaryAffiliation)
        }
        return Identity(
            issuer: registration.issuer, subject: token.subject, claims: claims, acr: token.acr,
            idToken: grant.idToken)
    }

    /// Where a browser signs out at the provider and comes back to `back`; nil when it has no such address.
    public func signOut(idToken: String?, back: String) async throws(OpenIDError) -> String? {
        guard let address = try await metadata().endSession else { return nil }
        let hint = idToken.map { [("id_token_hint", $0)] } ?? []
        return FormCoding.address(
            address, hint + [("client_id", registration.clientID), ("post_logout_redirect_uri", back)])
    }

    private func metadata() async throws(OpenIDError) -> Metadata {
        if let known, (0..<Self.lifetime).contains(now() - known.fetched) { return known.metadata }
        let found = try await Metadata.fetch(registration.issuer, by: web)
        known = (found, now())
        return found
    }

    private func verified(_ text: String, _ metadata: Metadata) async throws(OpenIDError) -> IDToken {
        let header: TokenHeader
        do { header = try TokenHeader.read(text) } catch { throw .token(error) }
        let key = try await keys.key(header.key, header.algorithm, at: metadata.keys)
        do { return try await key.read(text, as: IDToken.self) } catch { throw .token(error) }
    }

    private func grant(_ code: String, _ login: Login, _ metadata: Metadata) async throws(OpenIDError) -> TokenGrant {
        try await TokenGrant.ask(registration, metadata, code: code, verifier: login.verifier, by: web)
    }

    private func affiliation(_ token: String, of subject: String) async throws(OpenIDError) -> Claims? {
        switch registration.affiliation {
        case .claims: return nil
        case .extendedUserinfo(let address):
            let bytes = try await web.get(address, bearer: token, for: .affiliation)
            guard let told = try? JSONDecoder().decode(Claims.self, from: Data(bytes)) else {
                throw .malformed(.affiliation)
            }
            guard told.subject == nil || told.subject == subject else { throw .otherPerson }
            return told
        case .groups(let address):
            let bytes = try await web.get(address, bearer: token, for: .affiliation)
            guard let groups = try? JSONDecoder().decode([FeideGroup].self, from: Data(bytes)) else {
                throw .malformed(.affiliation)
            }
            return FeideGroup.claims(groups)
        }
    }
}
