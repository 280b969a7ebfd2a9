import DeviationsModule
import EventKit
import ModuleKit
import WhistleblowingModule

/// Measures what one question to the policy costs, in an institution of sixty units. `Scripts/bench` runs it; it prints microseconds.
@main
struct AccessBench {
    private static let questions = 1_000_000

    static func main() {
        let access = Access(
            policy: DeviationsModule.manifest.policy + WhistleblowingModule.manifest.policy, chart: chart)
        let rights = DeviationsModule.manifest.policy.flatMap(\.permissions).map(\.right)
        let grants = [("u3", Role.intakeOfficer), ("u1", .lineManager), ("u17", .caseHandler)].map {
            RoleGrant(person: "p", role: $1, unit: $0, from: Timestamp(milliseconds: 0), to: nil)
        }
        let person = Person(id: "p", name: "", email: "", language: .nb, affiliation: .employee, unit: nil, campus: nil)
        let viewer = Viewer(person: person, grants: grants)
        let objects = (0..<60).map { index in
            AccessObject(
                unit: "u\(index)", relations: ["handler": [index.isMultiple(of: 7) ? "p" : "q"], "reporter": ["r"]],
                excluded: index.isMultiple(of: 11) ? ["p", "x"] : [])
        }
        var told = 0
        let clock = ContinuousClock()
        let taken = clock.measure {
            for index in 0..<questions {
                let verdict = access.verdict(
                    viewer, rights[index % rights.count], on: objects[(index / rights.count) % objects.count])
                if verdict == .may { told += 1 }
            }
        }
        precondition(told > 0 && told < questions)
        let nanoseconds = taken.components.seconds * 1_000_000_000 + taken.components.attoseconds / 1_000_000_000
        print(Double(nanoseconds) / 1000 / Double(questions))
    }

    /// Sixty units, four below each.
    private static let chart: OrganisationChart = {
        let names = Translated(nb: "", nn: "", en: "")
        let units = (0..<60).map { index in
            Unit(
                id: "u\(index)", parent: index == 0 ? nil : "u\((index - 1) / 4)",
                kind: index == 0 ? .institution : .department, short: "", names: names)
        }
        return OrganisationChart(version: 1, units: units, campuses: [], grants: [])
    }()
}
