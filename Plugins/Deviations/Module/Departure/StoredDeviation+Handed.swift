import DeviationsCore
import ModuleKit

extension StoredDeviation {
    /// How many reports go to whistleblowing with the form that was just taken; nil when none does.
    func handed(with form: FormData) -> Int? {
        guard deviation.lockedTo != nil else { return nil }
        let along = form.all(Field.along.rawValue)
        return along.contains(ReRegister.everyReport) ? max(1, deviation.reports) : 1 + along.count
    }
}
