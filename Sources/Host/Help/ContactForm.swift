import ModuleKit

/// A help contact as a form: what is typed becomes a contact, or is marked.
struct ContactForm: Sendable {
    static let languages: [Language] = [.nb, .nn, .en]
    let chart: OrganisationChart
    let language: Language

    /// What is stored, as the form shows it.
    static func filled(_ contact: HelpContact) -> FormData {
        var form = FormData()
        form["kind"] = contact.kind.rawValue
        form["campus"] = contact.campus ?? ""
        for language in languages {
            form["name.\(language.rawValue)"] = contact.names[language]
            form["purpose.\(language.rawValue)"] = contact.purposes[language]
            form["hours.\(language.rawValue)"] = contact.hours[language]
        }
        (form["phone"], form["mail"], form["link"]) = (contact.phone, contact.mail, contact.link)
        return form
    }

    /// The contact that the form describes; nil when something is wrong, which the form's errors then say.
    func contact(_ form: inout FormData, id: String) -> HelpContact? {
        let text = ContactTexts[language]
        let kind = HelpContact.Kind(rawValue: form["kind"])
        if kind == nil { form.errors.append(FieldError("kind", text.unknown)) }
        let campus = form["campus"].isEmpty ? nil : form["campus"]
        if let campus, chart.campus(campus) == nil { form.errors.append(FieldError("campus", text.unknown)) }
        let names = translated("name", text.name, &form, limit: 200, needed: [.nb])
        let purposes = translated("purpose", text.purpose, &form, limit: 500, needed: Self.languages)
        let hours = translated("hours", text.hours, &form, limit: 200, needed: [])
        let (phone, mail, link) = ways(&form)
        guard form.errors.isEmpty, let kind else { return nil }
        return HelpContact(
            id: id, kind: kind, campus: campus, names: names, purposes: purposes, hours: hours, phone: phone,
            mail: mail, link: link)
    }

    /// A text in three languages; what may be left out is as in bokmål.
    private func translated(
        _ field: String, _ label: String, _ form: inout FormData, limit: Int, needed: [Language]
    ) -> Translated {
        let text = ContactTexts[language]
        var values: [Language: String] = [:]
        for language in Self.languages {
            let name = "\(field).\(language.rawValue)"
            let value = form[name].trimmingSpaces()
            func mark(_ fault: String) { form.errors.append(FieldError(name, "\(label) (\(language.name)): \(fault)")) }
            if value.isEmpty, needed.contains(language) { mark(text.missing) }
            if value.unicodeScalars.count > limit { mark(text.tooLong) }
            values[language] = value
        }
        func value(_ language: Language) -> String {
            values[language].flatMap { $0.isEmpty ? nil : $0 } ?? values[.nb] ?? ""
        }
        return Translated(nb: value(.nb), nn: value(.nn), en: value(.en))
    }

    private func ways(_ form: inout FormData) -> (phone: String, mail: String, link: String) {
        let text = ContactTexts[language]
        let (phone, mail, link) = (
            form["phone"].trimmingSpaces(), form["mail"].trimmingSpaces(), form["link"].trimmingSpaces()
        )
        if phone.isEmpty, mail.isEmpty, link.isEmpty { form.errors.append(FieldError("phone", text.noWay)) }
        if !phone.utf8.allSatisfy({ (48...57).contains($0) || $0 == 0x20 || $0 == 0x2B }) || phone.utf8.count > 30 {
            form.errors.append(FieldError("phone", text.badPhone))
        }
        if !mail.isEmpty,
            mail.split(separator: "@", omittingEmptySubsequences: false).count != 2
                || mail.contains(where: \.isWhitespace) || mail.utf8.count > 200
        {
            form.errors.append(FieldError("mail", text.badMail))
        }
        if !link.isEmpty, !link.hasPrefix("https://") || link.contains(where: \.isWhitespace) || link.utf8.count > 500 {
            form.errors.append(FieldError("link", text.badLink))
        }
        return (phone, mail, link)
    }

    /// The fields, with what is wrong beside each.
    func fields(_ view: FormView) -> HTML {
        let text = ContactTexts[language]
        let help = HelpTexts[language]
        let kinds = HelpContact.Kind.allCases.map { FormView.Option($0.rawValue, help.kinds[$0] ?? $0.rawValue) }
        let campuses = chart.campuses.map { FormView.Option($0.id, $0.names[language]) }
        return """
            <div class="columns">\(view.select("kind", label: text.kind, empty: nil, options: kinds))\
            \(view.select("campus", label: text.campus, empty: text.allCampuses, options: campuses))</div>\
            \(group("name", text.name, text.nameHint, view))\(group("purpose", text.purpose, nil, view))\
            \(group("hours", text.hours, text.hoursHint, view))\
            <fieldset><legend><h2>\(text.ways)</h2></legend><div class="columns">\(view.text("phone", label: text.phone))\
            \(view.text("mail", label: text.mail))\(view.text("link", label: text.link, hint: text.linkHint))</div></fieldset>
            """
    }

    private func group(_ field: String, _ title: String, _ hint: String?, _ view: FormView) -> HTML {
        let inputs = Self.languages.map { view.text("\(field).\($0.rawValue)", label: $0.name) }
        return """
            <fieldset><legend><h2>\(title)</h2></legend>\(hint.map { "<p class=\"hint\">\($0)</p>" as HTML })\
            <div class="columns">\(inputs)</div></fieldset>
            """
    }
}
