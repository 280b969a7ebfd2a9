/// A provider as this installation is registered with it.
public struct Registration: Sendable, Hashable {
    /// Where it is told what somebody is at the institution.
    public enum AffiliationSource: Sendable, Hashable {
        /// Claims of the ID token or of userinfo.
        case claims
        /// Feide's “extended userinfo” at this address: the person's attributes as their institution wrote them.
        case extendedUserinfo(String)
        /// Feide's groups API at this address: the membership of the institution.
        case groups(String)
    }

    public let issuer, clientID: String
    /// Nil for a client that has none: PKCE alone then binds the code.
    public let clientSecret: String?
    /// `openid` is always among them.
    public let scopes: [String]
    /// Where the provider sends the browser back to.
    public let redirect: String
    public let affiliation: AffiliationSource

    public init(
        issuer: String, clientID: String, clientSecret: String?, scopes: [String], redirect: String,
        affiliation: AffiliationSource
    ) {
        (self.issuer, self.clientID, self.clientSecret, self.redirect) = (issuer, clientID, clientSecret, redirect)
        self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
        self.affiliation = affiliation
    }
}
