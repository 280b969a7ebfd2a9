/// Somebody a person in need can turn to: emergency numbers, people bound to secrecy, the ombud, other help. Editable content.
public struct HelpContact: Sendable, Hashable {
    /// In the order in which they are shown.
    public enum Kind: String, Sendable, CaseIterable { case emergency, confidential, ombud, help }

    public var id: String
    public var kind: Kind
    /// nil: for all campuses.
    public var campus: String?
    public var names: Translated
    /// What one can come with.
    public var purposes: Translated
    /// When they answer; may be empty.
    public var hours: Translated
    /// One of the three is not empty. The link begins with https://.
    public var phone, mail, link: String

    public init(
        id: String, kind: Kind, campus: String? = nil, names: Translated, purposes: Translated,
        hours: Translated = Translated(nb: "", nn: "", en: ""), phone: String = "", mail: String = "", link: String = ""
    ) {
        (self.id, self.kind, self.campus) = (id, kind, campus)
        (self.names, self.purposes, self.hours) = (names, purposes, hours)
        (self.phone, self.mail, self.link) = (phone, mail, link)
    }
}

extension HelpContact {
    /// The national numbers: shown until an installation has entered its own, so that there is no page without any.
    public static let emergencyNumbers: [HelpContact] = [
        number(
            "112", Translated(nb: "Politi", nn: "Politi", en: "Police"),
            Translated(nb: "Når noen er i fare", nn: "Når nokon er i fare", en: "When somebody is in danger")),
        number(
            "113", Translated(nb: "Ambulanse", nn: "Ambulanse", en: "Ambulance"),
            Translated(nb: "Når det står om liv", nn: "Når det står om liv", en: "When a life is at stake")),
        number(
            "116 117", Translated(nb: "Legevakt", nn: "Legevakt", en: "Emergency doctor"),
            Translated(
                nb: "Når du trenger lege og det ikke kan vente", nn: "Når du treng lege og det ikkje kan vente",
                en: "When you need a doctor and it cannot wait")),
        number(
            "116 123", Translated(nb: "Mental Helse", nn: "Mental Helse", en: "Mental Helse helpline"),
            Translated(
                nb: "Når du trenger noen å snakke med, hele døgnet",
                nn: "Når du treng nokon å snakke med, heile døgnet",
                en: "When you need someone to talk to, day and night")),
    ]

    private static func number(_ phone: String, _ names: Translated, _ purposes: Translated) -> HelpContact {
        HelpContact(
            id: "emergency-" + phone.filter(\.isNumber), kind: .emergency, names: names, purposes: purposes,
            phone: phone)
    }
}

extension OrganisationChart {
    /// Whom one can turn to at a campus, those for all campuses included; everybody's when it is nil. Emergency numbers come first and
    /// are always there.
    public func contacts(for campus: String?) -> [HelpContact] {
        let stored = storedContacts.filter { campus == nil || $0.campus == nil || $0.campus == campus }
        return (stored.contains { $0.kind == .emergency } ? [] : HelpContact.emergencyNumbers) + stored
    }

    /// Those of these kinds who have a telephone, with their numbers, in one line: for an answer that is no page.
    public func numbers(_ kinds: Set<HelpContact.Kind>, for campus: String?, _ language: Language) -> String {
        contacts(for: campus).filter { kinds.contains($0.kind) && !$0.phone.isEmpty }
            .map { "\($0.names[language]) \($0.phone)" }.joined(separator: ", ")
    }
}
