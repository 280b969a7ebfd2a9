import EventBus
import ModuleKit
import WebhookKit

extension WebhookTexts {
    static let en = WebhookTexts(
        title: "Webhooks",
        lead:
            "Events that are sent to other systems over HTTPS. They say what happened and when, never what anybody wrote or whom it is about.",
        none: "Nobody gets events over HTTPS.", add: "New webhook", new: "New webhook", create: "Create",
        change: "Change", save: "Save",
        label: "Name", labelHint: "What the receiver is, for those who run this.",
        address: "Address", addressHint: "Begins with https:// and leads to a machine on the open Internet.",
        topics: "Events",
        topicsHint: "Types with spaces between them; * at the end stands for all that begin so: deviations.*",
        state: "State",
        active: "active", paused: "paused", pause: "Pause", resume: "Resume", test: "Send a test",
        notWhilePaused: "The webhook is paused. Resume it before you test it.",
        causes: [.gone: "The receiver wants nothing more (410).", .failing: "Nothing has arrived for long."],
        failing: { $0 == 1 ? "failed once" : "failed \($0) times in a row" },
        secretLead: "This is the secret. It is shown only now.",
        secretHint:
            "Give it to the receiver, who checks the signature with it (Standard Webhooks). Whoever has it can pretend to be us.",
        goOn: "I have kept it", newSecret: "Make a new secret",
        newSecretHint: "The old one stays valid beside it for a day, so that the receiver has time to change.",
        delete: "Delete", deleteHint: "Nothing more is sent, nor what is waiting. This cannot be undone.",
        deleted: "The webhook is deleted.",
        told: [
            "save": "The change is saved.",
            "pause": "The webhook is paused. What happens meanwhile is sent when it resumes.",
            "resume": "The webhook goes on.", "test": "A test is on its way. Reload the page to see what became of it.",
        ],
        last: "Sent last", nothingSent: "Nothing has been sent yet.", event: "Event", answer: "Answer",
        attempts: "Attempts", when: "When",
        jobStates: [
            .waiting: "waits", .leased: "being sent", .sending: "being sent", .done: "arrived", .parked: "parked",
            .dropped: "dropped",
        ],
        badLabel: "Write a name of at most 100 characters.",
        badTopics: "Write 1–50 event types, such as deviations.* or deviations.closed.v1.",
        badState: "The state is active or paused.",
        faults: [
            .malformed:
                "Write an address that begins with https://, without spaces, # or letters outside a–z (write xn--… for them).",
            .unsafe: "The address must begin with https://.",
            .user: "The address cannot have a name or password before the machine.",
            .host: "Write the machine's name, or its number in the ordinary way.",
            .port: "The port is a number from 1 to 65535.",
            .inside:
                "The address leads into an internal network. Whoever runs this can allow it in webhooks.allowedNetworks.",
            .unknown: "There is no machine of this name at the moment.",
        ],
        alarmSubject: "A webhook has stopped",
        alarmText:
            "At least one webhook is paused because its receiver takes nothing. What happens waits. Tell those who run the receiver, and resume the webhook when it works.",
        alarmLink: "See webhooks")
}
