import OpenID
import Synchronization
import Testing
import TrivselTesting

/// The way there and back.
@Suite struct ProviderTests {
    @Test(arguments: [false, true])
    func `who signs in is told with name, address and what their institution calls them`(_ isRSA: Bool) async throws {
        try await Bed.with { bed in
            bed.there.state.withLock {
                $0.isRSA = isRSA
                $0.userinfo["https://n.feide.no/claims/eduPersonPrincipalName"] = "kari@ntnu.test"
            }
            let kari = try await bed.signIn()
            #expect(kari.issuer == bed.there.issuer)
            #expect(kari.subject == "76a7a061-3c55-430d-8ee0-6f82ec42501f")
            #expect(
                (kari.name, kari.email, kari.principalName) == ("Kari Nordmann", "kari@ntnu.test", "kari@ntnu.test"))
            #expect(kari.affiliation == nil)
        }
    }

    @Test func `the request carries all that the standard and PKCE want`() async throws {
        try await Bed.with { bed in
            try await bed.signIn(acr: ["high", "higher"])
            let asked = bed.there.state.withLock(\.lastSignIn)
            #expect(asked["response_type"] == "code")
            #expect(asked["scope"] == "openid profile email")
            #expect(asked["code_challenge_method"] == "S256")
            #expect(asked["ui_locales"] == "nn")
            #expect(asked["acr_values"] == "high higher")
            #expect(asked["redirect_uri"] == "http://127.0.0.1/sign-in/test/callback")
            let secrets = ["state", "nonce", "code_challenge"].compactMap { asked[$0] }
            #expect(Set(secrets).count == 3)
            #expect(secrets.allSatisfy { $0.utf8.count == 43 })
        }
    }

    @Test func `without a demand none is made, and what was shown is told`() async throws {
        try await Bed.with { bed in
            bed.there.state.withLock { $0.acr = "low" }
            let kari = try await bed.signIn()
            #expect(kari.acr == "low")
            #expect(bed.there.state.withLock { $0.lastSignIn["acr_values"] } == nil)
        }
    }

    @Test func `a client without a secret is bound by PKCE alone`() async throws {
        try await Bed.with(secret: nil) { bed in
            let kari = try await bed.signIn()
            #expect(kari.name == "Kari Nordmann")
        }
    }

    @Test func `a secret that the provider does not know is told as such`() async throws {
        try await Bed.with { bed in
            bed.there.state.withLock { $0.secret = "another" }
            await #expect(throws: OpenIDError.codeRefused("invalid_client")) { try await bed.signIn() }
        }
    }

    @Test func `of what is not a text nothing is kept, and of a name one line`() async throws {
        try await Bed.with { bed in
            bed.there.state.withLock { $0.userinfo = ["name": "Kari\u{0}\r\nNordmann\u{202E}", "email": 7] }
            let kari = try await bed.signIn()
            #expect(kari.name == "KariNordmann")
            #expect(kari.email == nil)
        }
    }

    @Test func `signing out leads to the provider and back`() async throws {
        try await Bed.with { bed in
            let address = try await bed.here.signOut(idToken: "a.b.c", back: "https://trivsel.example.no/")
            #expect(
                address == bed.there.issuer
                    + "/end?id_token_hint=a.b.c&client_id=trivsel-test&post_logout_redirect_uri=https%3A%2F%2Ftrivsel.example.no%2F"
            )
        }
    }

    @Test func `a provider that is away is told as such`() async throws {
        try await Bed.with { bed in
            let gone = Provider(
                Registration(
                    issuer: "http://127.0.0.1:1", clientID: "a", clientSecret: nil, scopes: [], redirect: "/",
                    affiliation: .claims), web: bed.web, now: { 0 })
            await #expect(throws: OpenIDError.unavailable(.discovery)) {
                try await gone.signIn(Login(secret: "a"), language: "nb")
            }
        }
    }
}

/// When the provider's keys are fetched.
@Suite struct KeyTests {
    @Test func `keys are fetched once for all, also for many at a time`() async throws {
        try await Bed.with { bed in
            try await withThrowingTaskGroup(of: Identity.self) { group in
                for _ in 1...10 { group.addTask { try await bed.signIn() } }
                for try await identity in group { #expect(identity.name == "Kari Nordmann") }
            }
            try await bed.signIn()
            #expect(bed.count(of: "keys") == 1)
        }
    }

    @Test func `an unknown key is looked for, at most once in half a minute`() async throws {
        try await Bed.with { bed in
            try await bed.signIn()
            bed.time.advance(30)
            bed.set(.unknownKey)
            for seconds in [0, 29] as [Int64] {
                bed.time.advance(seconds)
                await #expect(throws: OpenIDError.token(.unknownKey)) { try await bed.signIn() }
                #expect(bed.count(of: "keys") == 2)
            }
            bed.time.advance(1)
            await #expect(throws: OpenIDError.token(.unknownKey)) { try await bed.signIn() }
            #expect(bed.count(of: "keys") == 3)
        }
    }

    @Test func `after an hour keys are fetched anew, since they may have been withdrawn`() async throws {
        try await Bed.with { bed in
            try await bed.signIn()
            bed.time.advance(3599)
            try await bed.signIn()
            #expect(bed.count(of: "keys") == 1)
            bed.time.advance(1)
            try await bed.signIn()
            #expect(bed.count(of: "keys") == 2)
            #expect(bed.count(of: "metadata") == 2)
        }
    }

    @Test func `keys that could not be fetched are asked for again after half a minute`() async throws {
        try await Bed.with { bed in
            bed.set(.hugeKeys)
            await #expect(throws: OpenIDError.unavailable(.keys)) { try await bed.signIn() }
            bed.set(.none)
            await #expect(throws: OpenIDError.unavailable(.keys)) { try await bed.signIn() }
            bed.time.advance(30)
            let kari = try await bed.signIn()
            #expect(kari.name == "Kari Nordmann")
            #expect(bed.count(of: "keys") == 2)
        }
    }
}
