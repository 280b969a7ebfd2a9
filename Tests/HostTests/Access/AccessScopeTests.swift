import EventKit
import ModuleKit
import Testing

/// What a list shows is what one may see: `scope` and `may` say the same, in worlds made at random.
@Suite struct AccessScopeTests {
    @Test(arguments: 1...40)
    func `a scope holds exactly the objects that may be seen`(_ seed: UInt64) {
        var random = Random(seed: seed)
        let world = World(&random)
        var allowed = 0
        for _ in 1...50 {
            let viewer = world.viewer(&random)
            let right = world.rights.randomElement(using: &random) ?? "toy.0"
            let scope = world.access.scope(of: viewer, right)
            for object in world.objects {
                let isInScope = scope.contains(object, for: viewer.person.id)
                let may = world.access.may(viewer, right, on: object)
                #expect(isInScope == may, "seed \(seed): \(viewer.person.id), \(right), \(object)")
                if may { allowed += 1 }
                if may && scope.relations.isEmpty && scope.own.isEmpty {
                    #expect(world.access.mayAnywhere(viewer, right))
                }
            }
        }
        // Neither everything nor nothing: else this would show little.
        #expect(allowed > 0 && allowed < 50 * world.objects.count)
    }

    @Test(arguments: 1...40)
    func `whoever is excluded has no right but to what is their own`(_ seed: UInt64) {
        var random = Random(seed: seed)
        let world = World(&random)
        for _ in 1...50 {
            let viewer = world.viewer(&random)
            for object in world.objects where object.excluded.contains(viewer.person.id) {
                let isOwn = object.relations["reporter"]?.contains(viewer.person.id) ?? false
                for right in world.rights where world.access.may(viewer, right, on: object) {
                    #expect(isOwn, "seed \(seed): \(viewer.person.id), \(right), \(object)")
                }
            }
        }
    }

    @Test func `a right that no policy names is nobody's`() {
        var random = Random(seed: 1)
        let world = World(&random)
        let viewer = world.viewer(&random)
        #expect(world.objects.allSatisfy { !world.access.may(viewer, "toy.unheard-of", on: $0) })
        #expect(world.access.scope(of: viewer, "toy.unheard-of").isEmpty)
    }
}

/// An organisation, people, a policy and objects, drawn by chance.
private struct World {
    private static let words = Translated(nb: "", nn: "", en: "")
    let people = (0..<6).map { "p\($0)" }
    let rights: [Right] = ["toy.0", "toy.1", "toy.2", "toy.3"]
    let units: [Unit]
    let objects: [AccessObject]
    let access: Access

    init(_ random: inout Random) {
        let units = (0..<12).map { index -> Unit in
            let parent = index == 0 ? nil : "u\(Int.random(in: 0..<index, using: &random))"
            return Unit(
                id: "u\(index)", parent: parent, kind: index == 0 ? .institution : .faculty, short: "U\(index)",
                names: Translated(nb: "", nn: "", en: ""))
        }
        let rules: [Rule] = [.relation("owner"), .own("reporter")] + Role.allCases.prefix(4).map { Rule.role($0) }
        let permissions = rights.flatMap { right in
            [
                Permission(right, Self.words, rules.randomElement(using: &random) ?? .signedIn),
                Permission(right, Self.words, rules.randomElement(using: &random) ?? .signedIn),
            ]
        }
        self.units = units
        objects = (0..<8).map { [people] index in
            func some() -> Set<String> { Set(people.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }) }
            return AccessObject(
                unit: units[(index * 5 + 1) % 12].id, relations: ["owner": some(), "reporter": some()], excluded: some()
            )
        }
        access = Access(
            policy: [Policy(Self.words, permissions)],
            chart: OrganisationChart(version: 1, units: units, campuses: [], grants: []))
    }

    func viewer(_ random: inout Random) -> Viewer {
        let id = people.randomElement(using: &random) ?? "p0"
        let grants = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            RoleGrant(
                person: id, role: Role.allCases.randomElement(using: &random) ?? .administrator,
                unit: units.randomElement(using: &random)?.id ?? "u0", from: Timestamp(milliseconds: 0), to: nil)
        }
        let person = Person(id: id, name: id, email: "", language: .nb, affiliation: .student, unit: nil, campus: nil)
        return Viewer(person: person, grants: grants)
    }
}

/// SplitMix64: the same numbers for the same seed, so that a failure can be seen again.
private struct Random: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (seed ^ (seed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
