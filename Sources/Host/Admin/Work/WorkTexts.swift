import ModuleKit

/// The words of the page on work that was given up or stands still.
struct WorkTexts: TextSet {
    let title, lead, none, job, queue, reason, attempts, since, oldest, required, act: String
    let retry, drop, retryAll, dropAll, confirmTitle, confirm, keep, more, retried, dropped, gone: String
    let confirmOne, confirmRequired: String
    /// How many, and of which queue.
    let confirmAll: @Sendable (Int, String) -> String
    /// The heading of how many are tried again.
    let again: String
    /// The queue, how many of its jobs fail, how long the oldest has, and why.
    let failing: @Sendable (String, Int, String, String) -> String
    /// The queue, and how long its oldest work has waited.
    let stalled: @Sendable (String, String) -> String
    /// Seconds, as people say it.
    let duration: @Sendable (Int64) -> String

    /// The reasons that come from the host or the mail worker; a server's code is said in `refused`.
    let reasons: [String: String]
    let refused: String

    /// A code in words, with the code for whoever looks it up.
    func explain(_ reason: String?) -> String {
        guard let reason else { return "–" }
        if let known = reasons[reason] { return reason.contains(" ") ? known : "\(known) (\(reason))" }
        return reason.hasPrefix("smtp-") ? "\(refused) (\(reason))" : reason
    }

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
        again: "Prøves igjen",
        failing: {
            "Køen «\($0)»: \($1) oppdrag mislyktes og prøves igjen. Det eldste ble lagt inn for \($2) siden. Sist: \($3)."
        },
        stalled: { "Køen «\($0)» står stille: det eldste har ventet i \($1). Se om en arbeider kjører." },
        duration: { Self.duration($0, "minutter", "timer", "døgn") },
        reasons: [
            "ambiguous": "Uvisst om det ble sendt", "restored": "Uvisst om det ble gjort etter sikkerhetskopien",
            "the lease ran out": "Arbeideren ble borte",
            "the host could not ready it": "Kunne ikke gjøres klart",
            "the host could not use the result": "Resultatet kunne ikke brukes",
            "smtp-login": "E-posttjeneren godtok ikke innloggingen",
            "smtp-host": "Fant ikke e-posttjeneren",
            "smtp-connect": "Fikk ikke kontakt med e-posttjeneren",
            "smtp-timeout": "E-posttjeneren svarte ikke i tide",
            "smtp-tls": "Ingen trygg forbindelse til e-posttjeneren",
            "smtp-connection": "Forbindelsen til e-posttjeneren ble brutt",
            "smtp-silent": "E-posttjeneren tok imot uten å bekrefte",
            "mail-folder": "Mappen for e-post kan ikke skrives til",
            "mail-address": "E-postadressen er ikke gyldig",
        ], refused: "E-posttjeneren tok ikke imot")

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
        again: "Blir prøvde igjen",
        failing: {
            "Køen «\($0)»: \($1) oppdrag mislukkast og blir prøvde igjen. Det eldste vart lagt inn for \($2) sidan. Sist: \($3)."
        },
        stalled: { "Køen «\($0)» står stille: det eldste har venta i \($1). Sjå om ein arbeidar køyrer." },
        duration: { Self.duration($0, "minutt", "timar", "døgn") },
        reasons: [
            "ambiguous": "Uvisst om det vart sendt", "restored": "Uvisst om det vart gjort etter tryggingskopien",
            "the lease ran out": "Arbeidaren vart borte",
            "the host could not ready it": "Kunne ikkje gjerast klart",
            "the host could not use the result": "Resultatet kunne ikkje brukast",
            "smtp-login": "E-posttenaren godtok ikkje innlogginga",
            "smtp-host": "Fann ikkje e-posttenaren",
            "smtp-connect": "Fekk ikkje kontakt med e-posttenaren",
            "smtp-timeout": "E-posttenaren svara ikkje i tide",
            "smtp-tls": "Inga trygg tilkopling til e-posttenaren",
            "smtp-connection": "Tilkoplinga til e-posttenaren vart broten",
            "smtp-silent": "E-posttenaren tok imot utan å stadfeste",
            "mail-folder": "Mappa for e-post kan ikkje skrivast til",
            "mail-address": "E-postadressa er ikkje gyldig",
        ], refused: "E-posttenaren tok ikkje imot")

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
            "\(count == 1 ? "1 job" : "\(count) jobs") of the queue “\(queue)” will never be done, and that cannot be undone."
        },
        again: "Tried again",
        failing: {
            "The queue “\($0)”: \($1 == 1 ? "1 job has" : "\($1) jobs have") failed and will be tried again. The oldest was added \($2) ago. Last: \($3)."
        },
        stalled: { "The queue “\($0)” stands still: the oldest has waited for \($1). See whether a worker runs." },
        duration: { Self.duration($0, "minutes", "hours", "days") },
        reasons: [
            "ambiguous": "Unknown whether it was sent", "restored": "Unknown whether it was done after the backup",
            "the lease ran out": "The worker went away",
            "the host could not ready it": "Could not be made ready",
            "the host could not use the result": "The result could not be used",
            "smtp-login": "The mail server did not accept the sign-in",
            "smtp-host": "The mail server was not found",
            "smtp-connect": "The mail server could not be reached",
            "smtp-timeout": "The mail server did not answer in time",
            "smtp-tls": "No safe connection to the mail server",
            "smtp-connection": "The connection to the mail server broke",
            "smtp-silent": "The mail server took it without confirming",
            "mail-folder": "The folder for mails cannot be written to",
            "mail-address": "The mail address is not valid",
        ], refused: "The mail server did not take it")
}
