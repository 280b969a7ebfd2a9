import ModuleKit

/// The words of the host's own pages. One file a language: HostTexts+nb.swift and its sisters.
struct HostTexts: TextSet {
    let toFrontPage: String
    let signInTitle, demoHint, noPeople, noFaculty: String
    let students, employees, others: String
    let roles: [Role: String]
    let frontTitle, frontLead: String
    /// What is promised, where something is: the time in words.
    let answerWithin: @Sendable (String) -> String
    /// Where one has to be signed in to report, and where one need not.
    let frontSignIn, frontSignInForAnswers, nothingOn: String
    let adminTitle, modulesTitle, modulesLead, mailTitle, mailLead, mailEmpty, busTitle, busLead: String
    let module, state, topics, tables, change, on, off, failed, switchOn, switchOff, switched, byHand: String
    let name, publicKey, work, queue, waiting, leased, parked, noKeys, head, epoch: String
    /// The name that was asked for, and the names there are.
    let unknownModule: @Sendable (String, String) -> String
    /// The module's name, and what failed.
    let moduleFailed: @Sendable (String, String) -> String
    let neitherOnNorOff: String
    let privacyTitle: String
    let mailFooter: String
    let accessibilityTitle: String

    func role(_ role: Role) -> String { roles[role] ?? role.rawValue }

    /// The heading under which the demo sign-in lists a person.
    func group(_ role: Role?, _ affiliation: Affiliation) -> String {
        if role != nil { return employees }
        return affiliation == .student ? students : others
    }
}
