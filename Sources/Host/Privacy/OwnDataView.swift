import CalendarKit
import EventKit
import ModuleKit
import Vault

/// A person's data as they read it: on their page, and as a file of its own in the copy they take along.
struct OwnDataView {
    let language: Language
    let today: CivilDate
    /// What each file is called in the copy, by its id; nil on the page, where a row leads to its own page.
    var names: [String: String]?

    /// A page weighs little, however much is held.
    private static let mostRows = 20
    private static let mostNamed = 4

    private var isPage: Bool { names == nil }
    private var text: OwnDataTexts { OwnDataTexts[language] }

    func sections(_ sections: [PersonalSection], level: Int = 2) -> HTML {
        "\(sections.map { section($0, level: level) })"
    }

    private func section(_ section: PersonalSection, level: Int) -> HTML {
        let shown = isPage ? section.rows.prefix(Self.mostRows) : section.rows[...]
        let left = section.rows.count - shown.count
        let note = section.note.map { "<p class=\"soft\">\($0[language])</p>" as HTML }
        let list: HTML =
            shown.isEmpty
            ? "<p>\(text.nothing)</p>" : "<ul class=\"cards\">\(shown.map { row($0, level: level) })</ul>"
        let heading: HTML = level == 2 ? "<h2>\(section.title[language])</h2>" : "<h3>\(section.title[language])</h3>"
        return """
            <section class="stack">\(heading)\(note)\(list)\(if: left > 0, "<p class=\"soft\">\(text.more(left))</p>")</section>
            """
    }

    /// On the page, what has a page of its own is only named; in the copy all of it stands.
    private func row(_ row: PersonalRow, level: Int) -> HTML {
        let isNamed = isPage && row.path != nil
        let fields = (isNamed ? row.fields.prefix(Self.mostNamed) : row.fields[...]).map { field -> HTML in
            "<div><dt>\(field.label[language])</dt><dd>\(value(field.value))</dd></div>"
        }
        let way = isNamed ? row.path.map { "<p><a href=\"\($0)\">\(text.open)</a></p>" as HTML } : nil
        let parts = isNamed ? [] : row.parts.filter { !$0.rows.isEmpty }
        return """
            <li class="card"><dl class="values">\(fields)</dl>\(if: !isNamed, files(row.files))\
            \(sections(parts, level: level + 1))\(way)</li>
            """
    }

    private func files(_ files: [PersonalFile]) -> HTML {
        let items = files.map { file -> HTML in
            let line = "\(file.file.name) (\(language.size(file.file.size)))"
            return names?[file.file.id].map { "<li><a href=\"\($0)\">\(line)</a></li>" as HTML } ?? "<li>\(line)</li>"
        }
        return "\(if: !items.isEmpty, "<p>\(text.files)</p><ul>\(items)</ul>")"
    }

    private func value(_ value: PersonalField.Value) -> HTML {
        switch value {
        // What fits on a line stands beside others.
        case .text(let text): text.count > 40 || text.contains("\n") ? HTML.paragraphs(text) : "\(text)"
        case .code(_, let meaning): "\(meaning[language])"
        case .time(let time): "\(language.words(Oslo.date(at: time), today: today)) \(clock(time))"
        case .date(let date): "\(language.words(date, today: today))"
        }
    }

    private func clock(_ time: Timestamp) -> String {
        let local = Oslo.local(at: time)
        return "\(local.hour):\(local.minute < 10 ? "0" : "")\(local.minute)"
    }

    /// A document that needs nothing beside it.
    func document(_ data: OwnData) -> HTML {
        """
        <!doctype html><html lang="\(language.rawValue)"><head><meta charset="utf-8">\
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(text.title)</title><style>\(Self.style)</style></head>\
        <body><main><h1>\(text.title)</h1><p>\(text.taken(value(.time(data.at)).plain))</p>\(sections(data.sections))</main></body></html>
        """
    }

    private static let style = HTML(
        trusted: """
            body{font:1.05rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:48rem;padding:0 1rem}ul{padding:0;list-style:none}\
            li{border-top:1px solid #999;padding:.5rem 0}li li{margin-left:1rem}dt{font-weight:600}dd{margin:0 0 .5rem}p{margin:.2rem 0}
            """)
}

extension HTML {
    /// As it stands, for where a text is put into words.
    fileprivate var plain: String { String(decoding: bytes, as: UTF8.self) }
}
