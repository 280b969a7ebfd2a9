import EventBus
import ModuleKit
import WebhookKit

extension WebhookTexts {
    static let nn = WebhookTexts(
        title: "Webhooks",
        lead:
            "Hendingar som blir sende til andre system over HTTPS. Dei seier kva som hende og når, aldri kva nokon skreiv eller kven det gjeld.",
        none: "Ingen får hendingar over HTTPS.", add: "Ny webhook", new: "Ny webhook", create: "Opprett",
        change: "Endre", save: "Lagre",
        label: "Namn", labelHint: "Kva mottakaren er, for dei som driftar.",
        address: "Adresse", addressHint: "Byrjar med https:// og leier til ei maskin på det opne nettet.",
        topics: "Hendingar",
        topicsHint: "Typar med mellomrom mellom; * til slutt står for alle som byrjar slik: deviations.*",
        state: "Tilstand",
        active: "i gang", paused: "sett på pause", pause: "Set på pause", resume: "Hald fram", test: "Send ei prøve",
        notWhilePaused: "Webhooken er sett på pause. La han halde fram før du prøver han.",
        causes: [.gone: "Mottakaren vil ikkje ha meir (410).", .failing: "Ingenting har kome fram på lenge."],
        failing: { $0 == 1 ? "feila éin gong" : "feila \($0) gonger på rad" },
        secretLead: "Dette er løyndomen. Han blir vist berre no.",
        secretHint:
            "Legg han inn hos mottakaren, som sjekkar signaturen med han (Standard Webhooks). Den som har han, kan gi seg ut for å vere oss.",
        goOn: "Eg har teke vare på han", newSecret: "Lag ny løyndom",
        newSecretHint: "Den gamle gjeld ved sida av i eitt døgn, så mottakaren rekk å byte.",
        delete: "Slett",
        deleteHint: "Ingenting meir blir sendt, heller ikkje det som ventar. Det kan ikkje gjerast om.",
        deleted: "Webhooken er sletta.",
        told: [
            "save": "Endringa er lagra.",
            "pause": "Webhooken er sett på pause. Det som hender imens, blir sendt når han held fram.",
            "resume": "Webhooken held fram.",
            "test": "Ei prøve er på veg. Last sida på nytt for å sjå korleis det gjekk.",
        ],
        last: "Sist sendt", nothingSent: "Ingenting er sendt enno.", event: "Hending", answer: "Svar",
        attempts: "Forsøk", when: "Når",
        jobStates: [
            .waiting: "ventar", .leased: "blir sendt no", .sending: "blir sendt no", .done: "kom fram",
            .parked: "sett til side",
            .dropped: "droppa",
        ],
        badLabel: "Skriv eit namn på høgst 100 teikn.",
        badTopics: "Skriv 1–50 hendingstypar, som deviations.* eller deviations.closed.v1.",
        badState: "Tilstanden er active eller paused.",
        faults: [
            .malformed:
                "Skriv ei adresse som byrjar med https://, utan mellomrom, # og bokstavar utanfor a–z (skriv xn--… for dei).",
            .unsafe: "Adressa må byrje med https://.",
            .user: "Adressa kan ikkje ha eit namn eller passord framfor maskina.",
            .host: "Skriv namnet på maskina, eller nummeret hennar på vanleg måte.",
            .port: "Porten er eit tal frå 1 til 65535.",
            .inside: "Adressa leier til eit internt nett. Den som driftar, kan tillate det i webhooks.allowedNetworks.",
            .unknown: "Det finst inga maskin med dette namnet akkurat no.",
        ],
        alarmSubject: "Ein webhook har stansa",
        alarmText:
            "Minst éin webhook er sett på pause fordi mottakaren ikkje tek imot. Det som hender, ventar. Sei frå til dei som driftar mottakaren, og la webhooken halde fram når han verkar.",
        alarmLink: "Sjå webhooks")
}
