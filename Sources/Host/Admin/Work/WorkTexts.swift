import ModuleKit

/// The words of the page on work that was given up or stands still.
struct WorkTexts: TextSet {
    let title, lead, none, job, queue, reason, attempts, since, oldest, required, act: String
    let retry, drop, retryAll, dropAll, confirmTitle, confirm, keep, more, retried, dropped, gone: String
    let confirmOne, confirmRequired: String
    /// How many, and of which queue.
    let confirmAll: @Sendable (Int, String) -> String
    /// The queue, and how long its oldest work has waited.
    let stalled: @Sendable (String, String) -> String
    /// Seconds, as people say it.
    let duration: @Sendable (Int64) -> String

    /// The reasons that come from the host or the mail worker; a server's code is said in `refused`.
    let reasons: [String: String]

    func explain(_ reason: String?) -> String { reason.map { reasons[$0] ?? $0 } ?? "–" }

    private static func duration(_ seconds: Int64, _ minutes: String, _ hours: String, _ days: String) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<7200: "\(seconds / 60) \(minutes)"
        case ..<172_800: "\(seconds / 3600) \(hours)"
        default: "\(seconds / 86_400) \(days)"
        }
    }

    static let nb = WorkTexts(
        title: "Satt til side",
        lead:
            "Arbeid som ikke lot seg gjøre etter alle forsøk. Rett det som er galt, og prøv igjen, eller dropp det som ikke lenger trengs.",
        none: "Ingenting er satt til side.",
        job: "Oppdrag", queue: "Kø", reason: "Hvorfor", attempts: "Forsøk", since: "Siden", oldest: "Eldste venter",
        required: "pålagt ved lov", act: "Hva nå?",
        retry: "Prøv igjen", drop: "Dropp", retryAll: "Prøv alle igjen", dropAll: "Dropp alle",
        confirmTitle: "Droppe?", confirm: "Dropp for godt", keep: "Behold", more: "Vis flere",
        retried: "Det blir prøvd igjen nå.", dropped: "Det er droppet.",
        gone: "Oppdraget er ikke lenger satt til side. Noen andre har kanskje avgjort det.",
        confirmOne: "Oppdraget blir aldri gjort, og det kan ikke angres.",
        confirmRequired: "Meldingen er pålagt ved lov. Sørg for at mottakeren får vite det på annen måte.",
        confirmAll: { count, queue in "\(count) oppdrag i køen «\(queue)» blir aldri gjort, og det kan ikke angres." },
        stalled: { "Køen «\($0)» står stille: det eldste har ventet i \($1). Se om en arbeider kjører." },
        duration: { Self.duration($0, "minutter", "timer", "døgn") },
        reasons: [
            "ambiguous": "Uvisst om det ble sendt", "the lease ran out": "Arbeideren ble borte",
            "the host could not ready it": "Kunne ikke gjøres klart",
            "the host could not use the result": "Resultatet kunne ikke brukes",
        ])

    static let nn = WorkTexts(
        title: "Sett til side",
        lead:
            "Arbeid som ikkje lét seg gjere etter alle forsøk. Rett det som er gale, og prøv igjen, eller dropp det som ikkje trengst lenger.",
        none: "Ingenting er sett til side.",
        job: "Oppdrag", queue: "Kø", reason: "Kvifor", attempts: "Forsøk", since: "Sidan", oldest: "Eldste ventar",
        required: "pålagt ved lov", act: "Kva no?",
        retry: "Prøv igjen", drop: "Dropp", retryAll: "Prøv alle igjen", dropAll: "Dropp alle",
        confirmTitle: "Droppe?", confirm: "Dropp for godt", keep: "Behald", more: "Vis fleire",
        retried: "Det blir prøvd igjen no.", dropped: "Det er droppa.",
        gone: "Oppdraget er ikkje lenger sett til side. Nokon andre har kanskje avgjort det.",
        confirmOne: "Oppdraget blir aldri gjort, og det kan ikkje gjerast om.",
        confirmRequired: "Meldinga er pålagd ved lov. Syt for at mottakaren får vite det på annan måte.",
        confirmAll: { count, queue in
            "\(count) oppdrag i køen «\(queue)» blir aldri gjorde, og det kan ikkje gjerast om."
        },
        stalled: { "Køen «\($0)» står stille: det eldste har venta i \($1). Sjå om ein arbeidar køyrer." },
        duration: { Self.duration($0, "minutt", "timar", "døgn") },
        reasons: [
            "ambiguous": "Uvisst om det vart sendt", "the lease ran out": "Arbeidaren vart borte",
            "the host could not ready it": "Kunne ikkje gjerast klart",
            "the host could not use the result": "Resultatet kunne ikkje brukast",
        ])

    static let en = WorkTexts(
        title: "Parked",
        lead:
            "Work that could not be done after all attempts. Mend what is wrong and try again, or drop what is no longer needed.",
        none: "Nothing is parked.",
        job: "Job", queue: "Queue", reason: "Why", attempts: "Attempts", since: "Since", oldest: "Oldest waits",
        required: "required by law", act: "What now?",
        retry: "Try again", drop: "Drop", retryAll: "Try all again", dropAll: "Drop all",
        confirmTitle: "Drop?", confirm: "Drop for good", keep: "Keep", more: "Show more",
        retried: "It is being tried again now.", dropped: "It is dropped.",
        gone: "The job is no longer parked. Somebody else may have decided on it.",
        confirmOne: "The job will never be done, and that cannot be undone.",
        confirmRequired: "The law requires this message. See to it that the recipient is told some other way.",
        confirmAll: { count, queue in
            "\(count) jobs of the queue “\(queue)” will never be done, and that cannot be undone."
        },
        stalled: { "The queue “\($0)” stands still: the oldest has waited for \($1). See whether a worker runs." },
        duration: { Self.duration($0, "minutes", "hours", "days") },
        reasons: [
            "ambiguous": "Unknown whether it was sent", "the lease ran out": "The worker went away",
            "the host could not ready it": "Could not be made ready",
            "the host could not use the result": "The result could not be used",
        ])
}
