import EventKit
public import ModuleKit

/// The policy as it is read. Each line is found by asking the code that decides, about somebody who is nothing else.
public struct PolicySheet: Sendable {
    struct Row: Sendable, Equatable {
        let act: String
        let right: String
        let states: String?
        let may: [String]
        /// Who may not and is told so.
        let refused: [String]
    }

    struct Table: Sendable {
        let title: String?
        let rows: [Row]
    }

    struct Part: Sendable {
        let title: String
        let tables: [Table]
        let rest, note: String?
    }

    let parts: [Part]
    let language: Language

    /// Of the host and of these modules.
    public init(_ modules: [ModuleManifest], _ language: Language) {
        parts = HostPolicy.all(modules).map { Part($0, language) }
        self.language = language
    }
}

extension PolicySheet.Part {
    fileprivate init(_ policy: Policy, _ language: Language) {
        let asked = PolicyQuestions(policy, language)
        let text = PolicyTexts[language]
        let usual = PolicySheet.Table(
            title: policy.standings.first?.says[language], rows: asked.rows(in: policy.standings.first))
        let others = policy.standings.dropFirst().map {
            PolicySheet.Table(title: $0.says[language], rows: asked.rows(in: $0).filter { !$0.may.isEmpty })
        }
        let kept = asked.rows(in: policy.standings.first, isExcluded: true).filter { !$0.may.isEmpty }
        title = policy.title[language]
        tables = [usual] + others + (kept.isEmpty ? [] : [PolicySheet.Table(title: text.keptAway, rows: kept)])
        rest = policy.sight == nil ? nil : text.unknown
        note = policy.note?[language]
    }
}

/// Asks of one policy what everybody may whom its rules name.
private struct PolicyQuestions {
    /// Somebody who is one thing and nothing else.
    struct Subject {
        let words: String
        var role: Role?
        var relation: String?
    }

    let policy: Policy
    let language: Language
    let subjects: [Subject]
    private let access: Access

    init(_ policy: Policy, _ language: Language) {
        (self.policy, self.language) = (policy, language)
        var subjects: [Subject] = []
        for rule in policy.permissions.flatMap(\.rules) {
            let next = Self.subject(rule, policy, language)
            if !subjects.contains(where: { $0.words == next.words }) { subjects.append(next) }
        }
        self.subjects = subjects
        let names = Translated(nb: "", nn: "", en: "")
        access = Access(
            policy: [policy],
            chart: OrganisationChart(
                version: 0, units: [Unit(id: "unit", parent: nil, kind: .institution, short: "", names: names)],
                campuses: [], grants: []))
    }

    private static func subject(_ rule: Rule, _ policy: Policy, _ language: Language) -> Subject {
        func words(_ relation: String) -> String { policy.relations[relation]?[language] ?? relation }
        let text = PolicyTexts[language]
        return switch rule {
        case .signedIn: Subject(words: text.signedIn)
        case .role(let role): Subject(words: HostTexts[language].role(role), role: role)
        case .relation(let name), .own(let name): Subject(words: words(name), relation: name)
        case .relationWith(let name, let role):
            Subject(words: text.asLongAs(words(name), HostTexts[language].role(role)), role: role, relation: name)
        }
    }

    func rows(in standing: Standing?, isExcluded: Bool = false) -> [PolicySheet.Row] {
        policy.permissions.map { row in
            func those(_ verdict: Verdict) -> [String] {
                subjects.filter { self.verdict($0, row.right, standing, isExcluded) == verdict }.map(\.words)
            }
            return PolicySheet.Row(
                act: row.says[language], right: row.right.description, states: row.states?[language],
                may: those(.may), refused: policy.sight == nil ? [] : those(.mayNot))
        }
    }

    private func verdict(_ subject: Subject, _ right: Right, _ standing: Standing?, _ isExcluded: Bool) -> Verdict {
        let person = Person(
            id: "one", name: "", email: "", language: .en, affiliation: .employee, unit: nil, campus: nil)
        // Whoever is something to the thing has the role elsewhere: it is not what lets them in.
        let place = subject.relation == nil ? "unit" : "elsewhere"
        let grants = subject.role.map {
            [RoleGrant(person: "one", role: $0, unit: place, from: .init(milliseconds: 0), to: nil)]
        }
        let relations = subject.relation.map { [$0: Set(["one"])] } ?? [:]
        let excluded: Set<String> = isExcluded ? ["one"] : []
        let object =
            standing?.object(unit: "unit", relations: relations, excluded: excluded)
            ?? AccessObject(unit: "unit", relations: relations, excluded: excluded)
        return access.verdict(Viewer(person: person, grants: grants ?? []), right, on: object)
    }
}
