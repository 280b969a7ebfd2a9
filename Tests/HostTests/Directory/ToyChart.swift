import CalendarKit
import EventKit
import ModuleKit

/// A small university: an institution with a central reception, two faculties, and a department in the first.
enum ToyChart {
    static let units = [
        unit("uni", nil, .institution), unit("desk", "uni", .reception), unit("fac", "uni", .faculty),
        unit("dep", "fac", .department),
        unit("other", "uni", .faculty),
    ]
    static let now = Oslo.moment(of: LocalTime(date: date(2026, 11, 27), hour: 10, minute: 0))
    static let long = Oslo.startOfDay(date(2024, 8, 1))

    static func chart(_ grants: [RoleGrant], _ deputyships: [Deputyship] = []) -> OrganisationChart {
        OrganisationChart(version: 1, units: units, campuses: [], grants: grants, deputyships: deputyships)
    }

    static func grant(_ person: String, _ role: Role, _ unit: String, to: Timestamp? = nil) -> RoleGrant {
        RoleGrant(person: person, role: role, unit: unit, from: long, to: to)
    }

    /// `deputy` stands in for `person`.
    static func standing(
        _ deputy: String, for person: String, _ role: Role? = nil, at unit: String? = nil, from: Timestamp = long,
        to: Timestamp? = nil
    ) -> Deputyship {
        Deputyship(
            id: "\(deputy)-\(person)-\(from)", person: person, deputy: deputy, role: role, unit: unit, from: from,
            to: to)
    }

    static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSince1970: 0)
    }

    static func person(_ id: String, at unit: String?) -> Person {
        Person(
            id: id, name: id, email: "\(id)@uni.test", language: .nb, affiliation: .employee, unit: unit, campus: nil)
    }

    private static func unit(_ id: String, _ parent: String?, _ kind: Unit.Kind) -> Unit {
        Unit(id: id, parent: parent, kind: kind, short: id, names: Translated(nb: id, nn: id, en: id))
    }
}
