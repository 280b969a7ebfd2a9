import CalendarKit
import DeviationsCore
import EventKit
import ModuleKit
import Storage

extension ReplyTemplate {
    subscript(language: Language) -> String {
        switch language {
        case .nb: bokmaal
        case .nn: nynorsk
        case .en: english
        }
    }

    /// The reply to the reporter of this case, in their language.
    func reply(on stored: StoredDeviation, number: CaseNumber, language: Language, now: Timestamp) -> String {
        let today = Oslo.date(at: now)
        let deviation = stored.deviation
        return Self.filled(
            self[language],
            [
                .number: number.description,
                .received: language.words(Oslo.date(at: deviation.receivedAt), today: today),
                .due: language.words(deviation.dueOn, today: today),
                .expected: language.words(deviation.deadline, today: today),
            ])
    }
}

extension OrganisationChart {
    /// The unit and those above it: whose templates fit its cases.
    func line(of unit: String) -> Set<String> {
        var line: Set<String> = []
        var current = self.unit(unit)
        while let here = current, line.insert(here.id).inserted { current = here.parent.flatMap { self.unit($0) } }
        return line
    }
}

extension Visit {
    /// The units whose templates this person may change: those they receive or lead for.
    func templateUnits(of viewer: Viewer) -> [String] {
        access.posts(of: viewer, DeviationsRights.templates).sorted()
    }
}
