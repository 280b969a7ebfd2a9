import ModuleKit

/// Who may do what with the installation itself, and the policy of everything that is on.
enum HostPolicy {
    static func all(_ modules: [ModuleManifest]) -> [Policy] {
        modules.flatMap(\.policy) + [running, roles, oversight]
    }

    private static let running = Policy(
        Translated(nb: "Driften", nn: "Drifta", en: "Running the installation"),
        note: Translated(
            nb: "Alle ser og avslutter sine egne innlogginger, API-nøkler og innsynskrav; andres finnes ikke for dem.",
            nn:
                "Alle ser og avsluttar sine eigne innloggingar, API-nøklar og innsynskrav; andre sine finst ikkje for dei.",
            en: "Everybody sees and ends their own sign-ins, API tokens and requests; others’ do not exist for them."),
        [
            Permission(
                AdminPages.right,
                Translated(
                    nb: "slå moduler av og på, se køer, arbeid og e-post på fil",
                    nn: "slå modular av og på, sjå køar, arbeid og e-post på fil",
                    en: "switch modules on and off, see queues, work and mails kept as files"), .role(.administrator)),
            Permission(
                EventStream.right,
                Translated(nb: "følge hendelsene", nn: "følgje hendingane", en: "follow the events"),
                .role(.administrator)),
            Permission(
                WebhookAccess.right,
                Translated(nb: "styre webhooks", nn: "styre webhookar", en: "see to webhooks"), .role(.administrator)),
            Permission(
                ScimAPI.right,
                Translated(
                    nb: "holde personer og roller oppdatert med en SCIM-nøkkel",
                    nn: "halde personar og roller oppdaterte med ein SCIM-nøkkel",
                    en: "keep people and roles up to date with a SCIM token"), .role(.administrator)),
            Permission(
                ContactPages.right,
                Translated(nb: "endre hjelpetelefonene", nn: "endre hjelpetelefonane", en: "change the help contacts"),
                .role(.administrator), .role(.educationQuality)),
            Permission(
                ReferencePages.right,
                Translated(
                    nb: "endre henvisninger til lovverket", nn: "endre tilvisingar til lovverket",
                    en: "change references to the law"), .role(.administrator), .role(.educationQuality)),
        ])

    private static let roles = Policy(
        Translated(nb: "Roller og vikarer", nn: "Roller og vikarar", en: "Roles and deputies"),
        note: Translated(
            nb: "Ingen gir seg selv en rolle. En vikar har rollene til den som er borte, så lenge vikariatet varer.",
            nn: "Ingen gir seg sjølv ei rolle. Ein vikar har rollene til den som er borte, så lenge vikariatet varer.",
            en: "Nobody gives a role to themselves. A deputy has the roles of who is away, as long as that lasts."),
        [
            Permission(
                RolePolicy.giveCaseRoles, gives(RolePolicy.giveCaseRoles), .role(.lineManager), .role(.administrator)),
            Permission(RolePolicy.giveRoles, gives(RolePolicy.giveRoles), .role(.administrator)),
            Permission(RolePolicy.giveTrustedRoles, gives(RolePolicy.giveTrustedRoles), .role(.proRector)),
            Permission(
                DeputyPages.ownRight,
                Translated(
                    nb: "velge sin egen vikar", nn: "velje sin eigen vikar", en: "choose one’s own deputy"),
                Role.allCases.filter(\.canHaveDeputy).map(Rule.role)),
            Permission(
                DeputyPages.right,
                Translated(nb: "styre alle vikarer", nn: "styre alle vikarar", en: "see to everybody’s deputies"),
                .role(.administrator)),
        ])

    private static let oversight = Policy(
        Translated(nb: "Innsyn og kontroll", nn: "Innsyn og kontroll", en: "Access and oversight"),
        [
            Permission(
                PrivacyDesk.right,
                Translated(
                    nb: "svare den som spør om opplysninger om seg selv",
                    nn: "svare den som spør om opplysningar om seg sjølv",
                    en: "answer who asks about their own data"), .role(.educationQuality)),
            Permission(
                AuditDesk.right,
                Translated(
                    nb: "lese innsynsloggen, som ikke sier hva som står i en sak",
                    nn: "lese innsynsloggen, som ikkje seier kva som står i ei sak",
                    en: "read the audit trail, which does not say what a case says"), .role(.auditor)),
            Permission(
                PolicyPage.right,
                Translated(
                    nb: "lese hvem som får gjøre hva", nn: "lese kven som får gjere kva", en: "read who may do what"),
                .role(.administrator), .role(.auditor)),
        ])

    /// The roles that the right lets one give, in words.
    private static func gives(_ right: Right) -> Translated {
        func words(_ before: String, _ language: Language) -> String {
            let given = Role.allCases.filter { RolePolicy.right(to: $0) == right }
            return before + given.map { HostTexts[language].role($0) }.joined(separator: ", ")
        }
        return Translated(
            nb: words("gi og avslutte rollene ", .nb), nn: words("gi og avslutte rollene ", .nn),
            en: words("give and end the roles ", .en))
    }
}
