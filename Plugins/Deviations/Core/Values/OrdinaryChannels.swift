/// How the reporter has tried the ordinary channels, which come before a report (guideline, “Ansatte og studenter”).
public enum OrdinaryChannels: Sendable, Hashable {
    /// `when` is in the reporter's own words: a date, “week 40”, “since August”.
    case tried(which: [Channel], when: String)
    case notTried(reason: String)
}

/// An ordinary channel for what students and employees want changed.
public enum Channel: String, Sendable, Hashable, CaseIterable {
    case teacher
    case courseEvaluation = "course-evaluation"
    case studentRepresentative = "student-representative"
    case referenceGroup = "reference-group"
    case studyAdviser = "study-adviser"
    case courseCoordinator = "course-coordinator"
    case academicDialogue = "academic-dialogue"
    case programmeCouncil = "programme-council"
    case evaluationReport = "evaluation-report"

    /// What the form offers students; the last two advise on the others.
    public static let forStudents: [Channel] = [
        .teacher, .courseEvaluation, .studentRepresentative, .referenceGroup, .studyAdviser, .courseCoordinator,
    ]

    /// What the form offers employees.
    public static let forEmployees: [Channel] = [.academicDialogue, .programmeCouncil, .evaluationReport]
}

/// Why something is a deviation for an employee, who is expected to live with more than a student (guideline, “Avvik”).
public enum Threshold: String, Sendable, Hashable, CaseIterable {
    case beyondNormalVariation = "beyond-normal-variation"
    case lastingOverTime = "lasting-over-time"
    case unsolved
}
