public import EventKit
public import Vault

/// A part of what is held about a person: shown to them, and given along as a copy that people and programs read.
public struct PersonalSection: Sendable {
    /// Stable, for programs: `deviations.reports`.
    public var code: String
    public var title: Translated
    /// What it is for, and where to find what is not here.
    public var note: Translated?
    public var rows: [PersonalRow]

    public init(_ code: String, title: Translated, note: Translated? = nil, rows: [PersonalRow] = []) {
        (self.code, self.title, self.note, self.rows) = (code, title, note, rows)
    }
}

/// One thing that is held: a report, a role, a message.
public struct PersonalRow: Sendable {
    public var fields: [PersonalField]
    public var files: [PersonalFile]
    /// What belongs to it, such as a report's history.
    public var parts: [PersonalSection]
    /// Its own page, when it has one.
    public var path: String?

    public init(
        _ fields: [PersonalField], files: [PersonalFile] = [], parts: [PersonalSection] = [], path: String? = nil
    ) {
        (self.fields, self.files, self.parts, self.path) = (fields, files, parts, path)
    }
}

/// A value with what it is called.
public struct PersonalField: Sendable {
    public enum Value: Sendable, Hashable {
        /// As it was written.
        case text(String)
        /// A code with what it means.
        case code(String, Translated)
        case time(Timestamp)
        case date(CivilDate)
    }

    public var code: String
    public var label: Translated
    public var value: Value

    public init(_ code: String, _ label: Translated, _ value: Value) {
        (self.code, self.label, self.value) = (code, label, value)
    }

    /// Nil when there is nothing to say.
    public init?(_ code: String, _ label: Translated, text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self.init(code, label, .text(text))
    }
}

/// A file that the person sent, or was sent.
public struct PersonalFile: Sendable {
    public var file: SealedFile
    public var content: FileContent

    public init(_ file: SealedFile, _ content: FileContent) { (self.file, self.content) = (file, content) }
}

extension Translated {
    /// The same word of a text set in each language.
    public init(_ word: (Language) -> String) { self.init(nb: word(.nb), nn: word(.nn), en: word(.en)) }
}
