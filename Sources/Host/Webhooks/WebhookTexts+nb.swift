import EventBus
import ModuleKit
import WebhookKit

extension WebhookTexts {
    static let nb = WebhookTexts(
        title: "Webhooks",
        lead:
            "Hendelser som sendes til andre systemer over HTTPS. De sier hva som skjedde og når, aldri hva noen skrev eller hvem det gjelder.",
        none: "Ingen mottar hendelser over HTTPS.", add: "Ny webhook", new: "Ny webhook", create: "Opprett",
        change: "Endre", save: "Lagre",
        label: "Navn", labelHint: "Hva mottakeren er, for dem som drifter.",
        address: "Adresse", addressHint: "Begynner med https:// og leder til en maskin på det åpne nettet.",
        topics: "Hendelser",
        topicsHint: "Typer med mellomrom mellom; * til slutt står for alle som begynner slik: deviations.*",
        state: "Tilstand",
        active: "i gang", paused: "satt på pause", pause: "Sett på pause", resume: "Fortsett", test: "Send en prøve",
        notWhilePaused: "Webhooken er satt på pause. La den fortsette før du prøver den.",
        causes: [.gone: "Mottakeren vil ikke ha mer (410).", .failing: "Ingenting har kommet fram på lenge."],
        failing: { $0 == 1 ? "feilet én gang" : "feilet \($0) ganger på rad" },
        secretLead: "Dette er hemmeligheten. Den vises bare nå.",
        secretHint:
            "Legg den inn hos mottakeren, som sjekker signaturen med den (Standard Webhooks). Den som har den, kan utgi seg for å være oss.",
        goOn: "Jeg har tatt vare på den", newSecret: "Lag ny hemmelighet",
        newSecretHint: "Den gamle gjelder ved siden av i ett døgn, så mottakeren rekker å bytte.",
        delete: "Slett", deleteHint: "Ingenting mer blir sendt, heller ikke det som venter. Det kan ikke angres.",
        deleted: "Webhooken er slettet.",
        told: [
            "save": "Endringen er lagret.",
            "pause": "Webhooken er satt på pause. Det som skjer imens, blir sendt når den fortsetter.",
            "resume": "Webhooken fortsetter.",
            "test": "En prøve er på vei. Last siden på nytt for å se hvordan det gikk.",
        ],
        last: "Sist sendt", nothingSent: "Ingenting er sendt ennå.", event: "Hendelse", answer: "Svar",
        attempts: "Forsøk", when: "Når",
        jobStates: [
            .waiting: "venter", .leased: "sendes nå", .sending: "sendes nå", .done: "kom fram",
            .parked: "satt til side",
            .dropped: "droppet",
        ],
        badLabel: "Skriv et navn på høyst 100 tegn.",
        badTopics: "Skriv 1–50 hendelsestyper, som deviations.* eller deviations.closed.v1.",
        badState: "Tilstanden er active eller paused.",
        faults: [
            .malformed:
                "Skriv en adresse som begynner med https://, uten mellomrom, # og bokstaver utenfor a–z (skriv xn--… for dem).",
            .unsafe: "Adressen må begynne med https://.",
            .user: "Adressen kan ikke ha et navn eller passord foran maskinen.",
            .host: "Skriv maskinens navn, eller nummeret dens på vanlig måte.",
            .port: "Porten er et tall fra 1 til 65535.",
            .inside: "Adressen leder til et internt nett. Den som drifter, kan tillate det i webhooks.allowedNetworks.",
            .unknown: "Det finnes ingen maskin med dette navnet akkurat nå.",
        ],
        alarmSubject: "En webhook har stanset",
        alarmText:
            "Minst én webhook er satt på pause fordi mottakeren ikke tar imot. Det som skjer, venter. Si fra til dem som drifter mottakeren, og la webhooken fortsette når den virker.",
        alarmLink: "Se webhooks")
}
