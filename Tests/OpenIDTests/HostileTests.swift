import OpenID
import Synchronization
import Testing
import TrivselTesting

/// What must end without a session, against a provider over real HTTP.
@Suite struct HostileTests {
    private static let refusals: [(TestProvider.Fault, OpenIDError)] = [
        (.algorithmNone, .token(.algorithm)), (.hmacWithPublicKey, .token(.algorithm)),
        (.unknownKey, .token(.unknownKey)), (.otherKey, .token(.signature)), (.criticalHeader, .token(.malformed)),
        (.otherIssuer, .token(.issuer)), (.otherAudience, .token(.audience)),
        (.twoAudiences, .token(.authorizedParty)), (.otherParty, .token(.authorizedParty)),
        (.expired, .token(.expired)), (.issuedInFuture, .token(.issuedInFuture)), (.notYet, .token(.notYet)),
        (.noNonce, .token(.nonce)),
        (.otherNonce, .token(.nonce)), (.lowACR, .token(.acr)), (.noSubject, .token(.malformed)),
        (.otherUserinfo, .otherPerson), (.otherIssuerMetadata, .wrongIssuer),
        (.insecureMetadata, .insecureAddress(.discovery)), (.hangingKeys, .unavailable(.keys)),
        (.hugeKeys, .unavailable(.keys)), (.movedToken, .unavailable(.token)), (.brokenToken, .malformed(.token)),
    ]

    @Test(arguments: [false, true])
    func `each hostile answer is refused for what is wrong with it, whatever the algorithm`(_ isRSA: Bool) async throws
    {
        var refused: Set<TestProvider.Fault> = []
        for (fault, reason) in Self.refusals {
            // Only where it hangs is it not waited for long.
            try await Bed.with(answer: fault == .hangingKeys ? .seconds(3) : .seconds(10)) { bed in
                bed.there.state.withLock { ($0.fault, $0.isRSA) = (fault, isRSA) }
                await #expect(throws: reason, "\(fault)") { try await bed.signIn(acr: ["high"]) }
                refused.insert(fault)
            }
        }
        #expect(refused == Set(TestProvider.Fault.allCases).subtracting([.none]))
    }

    @Test func `a code is good for one sign-in`() async throws {
        try await Bed.with { bed in
            let login = Login(secret: "mine")
            let code = try await bed.code(login)
            let kari = try await bed.here.identity(code: code, login)
            #expect(kari.subject.isEmpty == false)
            await #expect(throws: OpenIDError.codeRefused("invalid_grant")) {
                try await bed.here.identity(code: code, login)
            }
        }
    }

    @Test func `a code of another browser is refused, since the verifier is not its own`() async throws {
        try await Bed.with { bed in
            let code = try await bed.code(Login(secret: "theirs"))
            await #expect(throws: OpenIDError.codeRefused("invalid_grant")) {
                try await bed.here.identity(code: code, Login(secret: "mine"))
            }
        }
    }

    @Test func `the state is the browser's own`() {
        let (mine, theirs) = (Login(secret: "mine"), Login(secret: "theirs"))
        #expect(mine.isState(mine.state))
        #expect(!mine.isState(theirs.state))
        #expect(!mine.isState(""))
        #expect(mine.state.utf8.count == 43)
    }

    @Test(arguments: [
        ("https://auth.example.no", true), ("http://127.0.0.1:9400/a", true), ("http://localhost", true),
        ("http://[::1]:80", true), ("http://auth.example.no", false), ("http://127.0.0.1.evil.example", false),
        ("http://127.0.0.1@evil.example", false), ("ftp://localhost", false), ("https://", false), ("", false),
        ("https://a#b", false), ("//localhost", false),
    ])
    func `secrets go to https or to this machine only`(_ address: String, _ isSafe: Bool) {
        #expect(SafeAddress.contains(address) == isSafe)
    }

    @Test func `an issuer without https is not even asked`() async throws {
        try await Web.with { web in
            let provider = Provider(
                Registration(
                    issuer: "http://auth.example.no", clientID: "a", clientSecret: nil, scopes: [], redirect: "/",
                    affiliation: .claims), web: web, now: { 0 })
            await #expect(throws: OpenIDError.insecureAddress(.discovery)) {
                try await provider.signIn(Login(secret: "a"), language: "nb")
            }
        }
    }
}
