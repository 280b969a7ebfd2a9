/// Whom one can turn to, in short: stands wherever somebody reports something.
///
/// Shows the ombud and the people bound to secrecy for the campus, and the emergency numbers; these alone when nobody is entered.
/// A page that visitors see without signing in takes the chart from `Directory.freshChart()`.
public struct HelpPanel: Sendable {
    let contacts: [HelpContact]
    let language: Language

    /// Without a campus: those who are there for all.
    public init(_ chart: OrganisationChart, campus: String?, language: Language) {
        contacts = chart.contacts(for: campus).filter { campus != nil || $0.campus == nil }
        self.language = language
    }

    public var html: HTML {
        let text = HelpTexts[language]
        let people = contacts.filter { [.confidential, .ombud].contains($0.kind) }.map { contact -> HTML in
            """
            <li><b>\(contact.names[language])</b><span>\(contact.purposes[language])</span>\
            <span class="ways">\(ContactWays(contact, language: language).html)</span></li>
            """
        }
        return """
            <aside class="note care help stack" aria-label="\(text.title)">\
            <h2>\(people.isEmpty ? text.urgent : text.panelTitle)</h2>\
            \(if: !people.isEmpty, "<ul class=\"contacts\">\(people)</ul>")\(numbers)\
            \(if: !people.isEmpty, "<p><a href=\"/help\">\(text.all)</a></p>")</aside>
            """
    }

    /// The emergency numbers in a row.
    private var numbers: HTML {
        let items = contacts.filter { $0.kind == .emergency && !$0.phone.isEmpty }.map { contact -> HTML in
            "<li><a href=\"tel:\(ContactWays.digits(contact.phone))\"><b>\(contact.phone)</b> \(contact.names[language])</a></li>"
        }
        return "<ul class=\"numbers\">\(items)</ul>"
    }
}

/// How to reach a contact, as links.
public struct ContactWays: Sendable {
    let contact: HelpContact
    let language: Language

    public init(_ contact: HelpContact, language: Language) { (self.contact, self.language) = (contact, language) }

    public var html: HTML {
        let name = contact.names[language]
        let site = HelpTexts[language].web
        let ways: [HTML?] = [
            contact.phone.isEmpty ? nil : "<a href=\"tel:\(Self.digits(contact.phone))\">\(contact.phone)</a>",
            contact.mail.isEmpty ? nil : "<a href=\"mailto:\(contact.mail)\">\(contact.mail)</a>",
            contact.link.isEmpty
                ? nil : "<a href=\"\(contact.link)\">\(site)<span class=\"visually-hidden\">: \(name)</span></a>",
        ]
        return "\(ways.compactMap(\.self))"
    }

    /// A number as a telephone wants it.
    static func digits(_ phone: String) -> String { phone.filter { $0.isNumber || $0 == "+" } }
}
