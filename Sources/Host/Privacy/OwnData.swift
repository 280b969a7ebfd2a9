import EventKit
import ModuleKit
import Storage
import Vault

/// All that the installation holds about who asks, as it is at one moment.
struct OwnData: Sendable {
    let person: String
    let at: Timestamp
    let sections: [PersonalSection]

    /// Of all modules that are on, after what the host itself holds. One that is off is only named: what it holds comes when it is on.
    static func read(
        of viewer: Viewer, for visit: Visit, _ host: HostData, _ asked: [PrivacyRequest], _ site: Site
    ) async throws
        -> OwnData
    {
        let own = try await host.sections(of: viewer.person, for: visit)
        var sections = Array(own.prefix(1))
        for module in site.modules { sections += try await module.personalData(of: viewer, for: visit) }
        if !asked.isEmpty { sections.append(HostDataLabels(chart: visit.access.chart).requests(asked)) }
        sections += own.dropFirst()
        if !site.off.isEmpty { sections.append(HostDataLabels(chart: visit.access.chart).off(site.off)) }
        return OwnData(person: viewer.person.id, at: visit.now, sections: sections)
    }

    /// All files, in the order in which they are met.
    var files: [PersonalFile] {
        func files(_ sections: [PersonalSection]) -> [PersonalFile] {
            sections.flatMap { $0.rows.flatMap { $0.files + files($0.parts) } }
        }
        return files(sections)
    }
}

/// What the host itself holds about a person: who they are, their roles and deputies, sign-ins, messages sent, and what was asked of them.
struct HostData: Sendable {
    let database: Database
    let lookups: LookupKey
    let site: Site

    func sections(of person: Person, for visit: Visit) async throws -> [PersonalSection] {
        let token = lookups.token(person.id, for: "notices")
        let chart = visit.access.chart
        let held = try await database.read { reader in
            (
                grants: try Directory.allGrants(of: person.id, in: reader),
                deputies: try Directory.allDeputyships(of: person.id, in: reader),
                identities: try Identities.all(of: person.id, in: reader),
                signIns: try Sessions.signIns(of: person.id, in: reader),
                tokens: try Sessions.tokens(of: person.id, in: reader),
                mails: try NoticeReader.sent(to: token, in: reader),
                acts: try PrivacyStore.acts(of: person.id, in: reader)
            )
        }
        let labels = HostDataLabels(chart: chart, modules: site.modules)
        return [
            labels.person(person), labels.section("roles", \.roles, held.grants.map(labels.grant)),
            labels.section("deputies", \.deputies, held.deputies.map { labels.deputyship($0, of: person.id) }),
            labels.section(
                "sign-ins", \.signIns,
                held.identities.map(labels.identity) + held.signIns.map(labels.signIn)
                    + held.tokens.map(labels.token),
                note: \.signInsNote),
            labels.section(
                "messages", \.messages, held.mails.map(labels.mail), note: \.messagesNote),
            labels.section("privacy", \.acts, held.acts.map(labels.act)),
        ].filter { !$0.rows.isEmpty }
    }
}

/// The words for it, in all languages.
struct HostDataLabels {
    let chart: OrganisationChart
    /// Those that are on: they know what their messages are.
    var modules: [any FeatureModule] = []

    private func word(_ word: (OwnDataTexts) -> String) -> Translated { Translated { word(OwnDataTexts[$0]) } }
    private func unit(_ id: String?) -> PersonalField? {
        id.map {
            let names = chart.unit($0)?.names ?? Translated(nb: $0, nn: $0, en: $0)
            return PersonalField("unit", word(\.unit), .code($0, names))
        }
    }

    func section(
        _ code: String, _ title: (OwnDataTexts) -> String, _ rows: [PersonalRow],
        note: ((OwnDataTexts) -> String)? = nil
    ) -> PersonalSection {
        PersonalSection("host.\(code)", title: word(title), note: note.map(word), rows: rows)
    }

    func person(_ person: Person) -> PersonalSection {
        let fields: [PersonalField?] = [
            PersonalField("id", word(\.id), .text(person.id)), PersonalField("name", word(\.name), .text(person.name)),
            PersonalField("email", word(\.email), .text(person.email)),
            PersonalField("username", word(\.username), text: person.username),
            PersonalField("external-id", word(\.externalID), text: person.externalID),
            PersonalField(
                "language", word(\.language),
                .code(person.language.rawValue, Translated { _ in person.language.name })),
            PersonalField(
                "affiliation", word(\.affiliation),
                .code(
                    person.affiliation.rawValue,
                    Translated { OwnDataTexts[$0].affiliations[person.affiliation] ?? "" })),
            unit(person.unit),
            person.campus.map { campus in
                PersonalField(
                    "campus", word(\.campus),
                    .code(campus, chart.campus(campus)?.names ?? Translated { _ in campus }))
            },
        ]
        return section("person", \.person, [PersonalRow(fields.compactMap(\.self))], note: \.personNote)
    }

    private func role(_ role: Role?) -> PersonalField? {
        role.map { role in
            PersonalField("role", word(\.role), .code(role.rawValue, Translated { HostTexts[$0].role(role) }))
        }
    }

    private func period(_ from: Timestamp, _ to: Timestamp?) -> [PersonalField] {
        [PersonalField("from", word(\.from), .time(from))]
            + [to.map { PersonalField("to", word(\.to), .time($0)) }]
            .compactMap(\.self)
    }

    func grant(_ grant: RoleGrant) -> PersonalRow {
        PersonalRow([role(grant.role), unit(grant.unit)].compactMap(\.self) + period(grant.from, grant.to))
    }

    func deputyship(_ row: Deputyship, of person: String) -> PersonalRow {
        let isMine = row.person == person
        let which = PersonalField(
            "kind", word(\.what),
            .code(isMine ? "has-deputy" : "is-deputy", isMine ? word(\.hasDeputy) : word(\.isDeputy)))
        return PersonalRow([which, role(row.role), unit(row.unit)].compactMap(\.self) + period(row.from, row.to))
    }

    func identity(_ identity: (issuer: String, subject: String, made: Timestamp)) -> PersonalRow {
        PersonalRow([
            PersonalField("kind", word(\.what), .code("identity", word(\.identity))),
            PersonalField("issuer", word(\.issuer), .text(identity.issuer)),
            PersonalField("subject", word(\.id), .text(identity.subject)),
            PersonalField("from", word(\.from), .time(identity.made)),
        ])
    }

    func signIn(_ signIn: Sessions.SignIn) -> PersonalRow {
        let fields = [
            PersonalField("kind", word(\.what), .code("session", word(\.session))),
            signIn.provider.flatMap { PersonalField("provider", word(\.issuer), text: $0) },
            PersonalField("from", word(\.from), .time(signIn.started)),
            PersonalField("seen", word(\.seen), .time(signIn.seen)),
        ]
        return PersonalRow(fields.compactMap(\.self))
    }

    func token(_ token: APIToken) -> PersonalRow {
        let fields = [
            PersonalField("kind", word(\.what), .code("token", word(\.token))),
            PersonalField("name", word(\.name), text: token.name.isEmpty ? nil : token.name),
            PersonalField(
                "scope", word(\.scope),
                .code(token.scope.rawValue, Translated { TokenTexts[$0].scopes[token.scope] ?? token.scope.rawValue })),
            token.usedOn.map { PersonalField("seen", word(\.seen), .date($0)) },
        ]
        return PersonalRow(fields.compactMap(\.self) + period(token.made, token.expires))
    }

    func mail(_ mail: NoticeReader.Sent) -> PersonalRow {
        PersonalRow([
            PersonalField(
                "what", word(\.what), .code(mail.template, Translated { kind(ofMail: mail.template, $0) })),
            PersonalField("when", word(\.when), .time(mail.at)),
        ])
    }

    /// Of a module that is off, the code says what it can.
    private func kind(ofMail template: String, _ language: Language) -> String {
        modules.lazy.compactMap { $0.kind(ofMail: template, language) }.first ?? template
    }

    func requests(_ asked: [PrivacyRequest]) -> PersonalSection {
        func word(_ word: (PrivacyTexts) -> String) -> Translated { Translated { word(PrivacyTexts[$0]) } }
        let rows = asked.map { request -> PersonalRow in
            let fields: [PersonalField?] = [
                PersonalField(
                    "kind", word(\.kind),
                    .code(request.kind.rawValue, word { $0.kinds[request.kind] ?? request.kind.rawValue })),
                PersonalField("text", word(\.asked), text: request.content.text),
                PersonalField("received", word(\.received), .date(request.receivedOn)),
                PersonalField(
                    "state", word(\.state),
                    .code(request.state.rawValue, word { $0.states[request.state] ?? request.state.rawValue })),
                PersonalField("answer", word(\.answer), text: request.content.answer),
            ]
            return PersonalRow(
                fields.compactMap(\.self), path: request.state == .open ? nil : "/me/data/requests/\(request.id)")
        }
        return PersonalSection("host.requests", title: word(\.askTitle), rows: rows)
    }

    func off(_ modules: [ModuleManifest]) -> PersonalSection {
        section(
            "off", \.off, modules.map { PersonalRow([PersonalField("module", word(\.what), .code($0.id, $0.title))]) },
            note: \.offNote)
    }

    func act(_ act: PrivacyStore.LoggedAct) -> PersonalRow {
        PersonalRow([
            PersonalField(
                "what", word(\.what), .code(act.act, Translated { OwnDataTexts[$0].actNames[act.act] ?? act.act })),
            PersonalField("when", word(\.when), .time(act.at)),
        ])
    }
}
