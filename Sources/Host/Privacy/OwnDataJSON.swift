import EventKit
import ModuleKit
import Vault

/// A person's data as a program reads it: every value with a stable code, its name and its meaning in all languages.
struct OwnDataJSON {
    /// What each file is called in the archive, by its id; an API client fetches the archive for them.
    var names: [String: String] = [:]

    func document(_ data: OwnData) -> JSON {
        #"{"person":\#(data.person),"at":\#(data.at),"sections":\#(data.sections.map(section))}"#
    }

    private func section(_ section: PersonalSection) -> JSON {
        #"{"code":\#(section.code),"title":\#(section.title.json),"note":\#(section.note?.json),"rows":\#(section.rows.map(row))}"#
    }

    private func row(_ row: PersonalRow) -> JSON {
        #"{"fields":\#(row.fields.map(field)),"files":\#(row.files.map(file)),"parts":\#(row.parts.map(section))}"#
    }

    private func field(_ field: PersonalField) -> JSON {
        let (value, meaning): (String, JSON?) =
            switch field.value {
            case .text(let text): (text, nil)
            case .code(let code, let names): (code, names.json)
            case .time(let time): ("\(time)", nil)
            case .date(let date): ("\(date)", nil)
            }
        return #"{"code":\#(field.code),"label":\#(field.label.json),"value":\#(value),"meaning":\#(meaning)}"#
    }

    private func file(_ file: PersonalFile) -> JSON {
        let sealed = file.file
        return #"""
            {"name":\#(sealed.name),"type":\#(sealed.type),"size":\#(sealed.size),"sha256":\#(sealed.sha256.hexadecimal),\#
            "path":\#(names[sealed.id])}
            """#
    }
}
