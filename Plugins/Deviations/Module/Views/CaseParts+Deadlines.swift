import DeviationsCore
import EventKit
import ModuleKit

extension CaseParts {
    /// The day that counts now, with how long it is until then; the other one of the two, if there is one, by itself.
    func deadlines(_ deviation: Deviation) -> HTML {
        let chip: HTML = " \(clock(deviation.status, deadline: deviation.deadline))"
        func row(_ title: String, _ day: CivilDate, _ chip: HTML = "") -> HTML {
            "<div><dt>\(title)</dt><dd>\(words(day))\(chip)</dd></div>"
        }
        guard let expectedOn = deviation.expectedOn else { return row(text.deadline, deviation.dueOn, chip) }
        return deviation.status.isOpen && expectedOn > deviation.dueOn
            ? "\(row(text.expected, expectedOn, chip))\(row(text.firstDeadline, deviation.dueOn))"
            : "\(row(text.deadline, deviation.dueOn, chip))\(row(text.expected, expectedOn))"
    }
}
