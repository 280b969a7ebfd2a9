import EventKit
import ModuleKit

/// A new version of a legal reference as it was typed or sent.
struct ReferenceDraft: Sendable {
    private static let limit = 300

    var key = ""
    /// ISO 8601.
    var validFrom = ""
    var texts = Translated(nb: "", nn: "", en: "")

    /// It comes after the last version of its key and not before today: what was decided keeps the law it was decided by.
    ///
    /// - Returns: nil and what is wrong, field by field.
    func checked(
        among known: [LegalReference], today: CivilDate, _ language: Language
    ) -> (reference: LegalReference?, errors: [FieldError]) {
        let text = ReferenceTexts[language]
        var errors: [FieldError] = []
        let versions = known.filter { $0.key.rawValue == key }
        if versions.isEmpty { errors.append(FieldError("key", key.isEmpty ? text.missing : text.unknown)) }
        let day = CivilDate(validFrom)
        if day == nil { errors.append(FieldError("validFrom", validFrom.isEmpty ? text.missing : text.notADate)) }
        if let day, day < today { errors.append(FieldError("validFrom", text.past)) }
        if let day, let last = versions.last, day <= last.validFrom {
            errors.append(FieldError("validFrom", text.notAfterLast))
        }
        for (name, value) in [("nb", texts.nb), ("nn", texts.nn), ("en", texts.en)] {
            let isLine = !value.unicodeScalars.contains { $0.properties.generalCategory == .control }
            if value.isEmpty { errors.append(FieldError("text.\(name)", text.missing)) }
            if value.unicodeScalars.count > Self.limit || !isLine {
                errors.append(FieldError("text.\(name)", text.notALine(Self.limit)))
            }
        }
        guard errors.isEmpty, let day else { return (nil, errors) }
        return (LegalReference(key: LegalReference.Key(rawValue: key), validFrom: day, text: texts), [])
    }
}

extension ReferenceDraft {
    init(_ form: FormData) {
        (key, validFrom) = (form["key"], form["validFrom"])
        texts = Translated(
            nb: form["text.nb"].trimmingSpaces(), nn: form["text.nn"].trimmingSpaces(),
            en: form["text.en"].trimmingSpaces())
    }
}
