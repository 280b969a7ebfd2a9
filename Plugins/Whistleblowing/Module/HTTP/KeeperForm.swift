import ModuleKit
import WhistleblowingCore

/// One thing a keeper can do with a case: the end of its address, and the act that its form leads to.
enum KeeperForm: String, CaseIterable, Sendable {
    case acknowledgement, questions, feedback, notes, category, exclusions, conclusion

    /// The key that opens it.
    var key: String {
        switch self {
        case .acknowledgement: "a"
        case .questions: "r"
        case .feedback: "f"
        case .notes: "n"
        case .category: "c"
        case .exclusions: "e"
        case .conclusion: "l"
        }
    }

    /// The only ones that bring files.
    var takesFiles: Bool { self == .questions || self == .notes }

    /// Whether it makes sense where the case is; the rules themselves are in Core.
    func isOffered(for whistleblow: Whistleblow) -> Bool {
        switch self {
        case .acknowledgement: whistleblow.state == .received
        case .questions, .feedback, .category: whistleblow.state != .concluded
        case .notes, .exclusions: true
        case .conclusion: whistleblow.state == .acknowledged
        }
    }

    /// The act that the form describes.
    ///
    /// - Throws: `WhistleblowingError.invalid` for a person who is not a keeper of the case.
    func act(
        _ form: FormData, on whistleblow: Whistleblow, _ keepers: Keepers, _ deadlines: Deadlines,
        files: [AttachedFile]
    ) throws -> any WhistleblowingCore.Act {
        switch self {
        case .acknowledgement: return Acknowledge(text: form["text"])
        case .questions: return AskReporter(text: form["text"], files: files)
        case .feedback: return GiveFeedback(text: form["text"])
        case .notes: return AddNote(text: form["text"], files: files)
        case .category: return Categorise(category: form["category"])
        case .conclusion: return Conclude(text: form["text"], deadlines: deadlines)
        case .exclusions:
            let person = form["person"]
            let excluded = whistleblow.content.excluded
            guard keepers.possible(for: whistleblow.campus).contains(person), !excluded.contains(person) else {
                throw WhistleblowingError.invalid([FieldProblem(.person, .unknown)])
            }
            let remaining = keepers.of(whistleblow.campus, excluding: excluded.union([person]))
            return Exclude(person: person, reason: form["reason"], remaining: remaining)
        }
    }
}
