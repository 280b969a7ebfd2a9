import ModuleKit

extension HostTexts {
    static let en = HostTexts(
        toFrontPage: "To the front page",
        signInTitle: "Who are you?",
        demoHint: "This is a demo on your own machine. Choose a person to see the system as.",
        noPeople: "No people are loaded. Run “trivsel demo”.", noFaculty: "no faculty",
        students: "Students", employees: "With a role", others: "Other staff and guests",
        roles: [
            .intakeOfficer: "intake officer", .caseHandler: "case handler", .lineManager: "line manager",
            .educationQuality: "education quality", .proRector: "pro-rector for education",
            .lmuSecretary: "LMU secretary",
            .lmuMember: "LMU member", .hseSystem: "HSE system", .vaultKeeper: "vault keeper",
            .administrator: "administrator", .auditor: "auditor",
            .ombud: "student ombud",
        ],
        frontTitle: "What would you like to tell us?",
        frontLead:
            "Students and staff can report problems in studies and the learning environment.",
        answerWithin: { "You get an answer within \($0)." },
        frontSignIn: "Sign in to report something or to see your cases.",
        frontSignInForAnswers: "Sign in to get an answer and to see your cases.",
        nothingOn: "Nothing can be reported here just now. Try again later, or talk to one of those below.",
        adminTitle: "Administration", modulesTitle: "Modules",
        modulesLead: "When a module is switched off, its pages and menu are gone at once. Its tables and events stay.",
        mailTitle: "Mail",
        mailLead:
            "A worker without a mail server (mail.smtpUrl) writes its mails here, as files. When the workers have a server, mails are sent, and nothing comes here.",
        mailEmpty: "No mail has been written as a file.",
        busTitle: "Events and work", busLead: "The log is the truth; the feed only says that there is more.",
        module: "Module", state: "State", topics: "Events", tables: "Tables", change: "Change", on: "on", off: "off",
        failed: "failed",
        switchOn: "Switch on", switchOff: "Switch off", switched: "The change is made.",
        byHand: "Switched by hand; not as the configuration says",
        name: "Name", publicKey: "Public key", work: "Work", queue: "Queue", waiting: "Waiting",
        leased: "With a worker",
        parked: "Parked", noKeys: "No keys.", head: "Last event", epoch: "Log",
        unknownModule: { "There is no module “\($0)”. Choose one of these: \($1)." },
        moduleFailed: {
            "The change is stored, but the module “\($0)” did not start: \($1). Put that right and switch it on again."
        },
        neitherOnNorOff: "Choose whether the module is to be on or off. Nothing was changed.",
        privacyTitle: "Privacy",
        mailFooter: "You get this message because you have a case in Trivsel. It holds nothing of what the case says.",
        accessibilityTitle: "Accessibility")
}
