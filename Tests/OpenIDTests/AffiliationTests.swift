import OpenID
import Synchronization
import Testing
import TrivselTesting

/// What somebody is at the institution, from each place where it may be said.
@Suite struct AffiliationTests {
    @Test(
        arguments: [
            (["member", "student"], nil, Identity.Affiliation.student), (["member", "staff"], nil, .employee),
            (["student", "employee"], nil, .student), (["student", "employee"], "employee", .employee),
            (["affiliate"], nil, .other), ([], "faculty", .employee), ([], nil, nil),
        ] as [([String], String?, Identity.Affiliation?)])
    func `the primary one decides for who is both, else being a student does`(
        _ said: [String], _ primary: String?, _ found: Identity.Affiliation?
    ) async throws {
        try await Bed.with { bed in
            bed.there.state.withLock {
                $0.userinfo["eduPersonAffiliation"] = .list(said.map { .text($0) })
                $0.userinfo["eduPersonPrimaryAffiliation"] = primary.map { .text($0) }
            }
            let kari = try await bed.signIn()
            #expect(kari.affiliation == found)
        }
    }

    @Test func `Feide's extended userinfo says it`() async throws {
        try await Bed.with(affiliation: "extended") { bed in
            bed.there.state.withLock {
                $0.extended = ["eduPersonAffiliation": ["employee", "member"], "cn": ["Kari Nordmann"]]
            }
            let kari = try await bed.signIn()
            #expect(kari.affiliation == .employee)
        }
    }

    @Test func `extended userinfo of somebody else is refused`() async throws {
        try await Bed.with(affiliation: "extended") { bed in
            bed.there.state.withLock { $0.extended = ["sub": "another", "eduPersonAffiliation": ["employee"]] }
            await #expect(throws: OpenIDError.otherPerson) { try await bed.signIn() }
        }
    }

    @Test func `Feide's groups say it by the membership of the institution`() async throws {
        try await Bed.with(affiliation: "groups") { bed in
            bed.there.state.withLock {
                $0.groups = [
                    ["id": "fc:adhoc:1", "type": "voot:ad-hoc", "membership": ["basic": "admin"]],
                    [
                        "id": "fc:org:ntnu.no", "type": "fc:org",
                        "membership": ["affiliation": ["student", "member"], "primaryAffiliation": "student"],
                    ],
                ]
            }
            let kari = try await bed.signIn()
            #expect(kari.affiliation == .student)
            bed.there.state.withLock { $0.groups = [] }
            let without = try await bed.signIn()
            #expect(without.affiliation == nil)
        }
    }
}
