/// That somebody reported in another's place, with their consent.
public struct OnBehalf: Sendable, Hashable {
    /// Id of the student it is for, or what was typed when nobody is known by it.
    public var student: String
    /// Id of the person who reported.
    public var submitter: String
    /// How the student has consented.
    public var consent: String
    /// Where the student wants the replies: to themself, or to who reported. Only the one chosen has a page.
    public var repliesToStudent: Bool

    public init(student: String, submitter: String = "", consent: String, repliesToStudent: Bool) {
        self.student = student
        self.submitter = submitter
        self.consent = consent
        self.repliesToStudent = repliesToStudent
    }
}

extension Deviation {
    /// Ids of those whose report it is: who sent it, and for whom.
    public var reporters: Set<String> {
        Set([reporter, onBehalf?.submitter ?? "", onBehalf?.student ?? ""]).subtracting([Deviation.nobody])
    }
}
