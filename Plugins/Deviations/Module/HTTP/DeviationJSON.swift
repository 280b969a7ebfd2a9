import DeviationsCore
import EventKit
import ModuleKit

/// How deviations stand in answers of the API.
extension DeviationRow {
    /// `isPrivate` adds who handles it, for those who work with the case.
    func json(isPrivate: Bool) -> JSON {
        #"""
        {"id":\#(id),"number":\#(number.description),"title":\#(title),"status":\#(status),"unit":\#(unit),"campus":\#(campus),\#
        "category":\#(category),"environment":\#(environment),"handler":\#(isPrivate ? handler : nil),"receivedAt":\#(receivedAt),"dueOn":\#(dueOn),\#
        "expectedOn":\#(expectedOn),"reports":\#(isPrivate ? reports : nil)}
        """#
    }
}

extension StoredDeviation {
    /// What a write answers: identifiers, state and dates, nothing of what was written.
    func receipt(_ numbers: CaseNumbers) -> JSON {
        #"""
        {"id":\#(deviation.id),"number":\#(numbers[self].description),"status":\#(deviation.status.rawValue),"version":\#(version),\#
        "unit":\#(deviation.unit),"handler":\#(deviation.handler),"receivedAt":\#(deviation.receivedAt),"dueOn":\#(deviation.dueOn),\#
        "expectedOn":\#(deviation.expectedOn)}
        """#
    }

    /// All of the case, with the day from which the guideline is valid that applied to it. `isPrivate` adds what only those who handle
    /// it may read.
    func json(_ timeline: [TimelineEntry], guideline: CivilDate?, isPrivate: Bool, _ numbers: CaseNumbers) -> JSON {
        let report = deviation.report
        return #"""
            {"id":\#(deviation.id),"number":\#(numbers[self].description),"version":\#(version),"status":\#(deviation.status.rawValue),\#
            "title":\#(report.title),"description":\#(report.description),"unit":\#(deviation.unit),"campus":\#(report.campus),\#
            "category":\#(report.category),"environment":\#(report.environment.rawValue),"occurredOn":\#(report.occurredOn),\#
            "ordinaryChannels":\#(report.ordinaryChannels.json),"threshold":\#(report.threshold?.rawValue),\#
            "guidelineVersion":\#(guideline),"receivedAt":\#(deviation.receivedAt),"dueOn":\#(deviation.dueOn),\#
            "expectedOn":\#(deviation.expectedOn),"endedAt":\#(deviation.endedAt),"outcome":\#(deviation.outcome),\#
            "recipient":\#(deviation.recipient),\#
            "timeline":\#(timeline.map(\.json))\#(isPrivate ? privateJSON : "" as JSON)}
            """#
    }

    private var privateJSON: JSON {
        let cause = deviation.cause.map {
            #"{"whatHappened":\#($0.whatHappened),"why":\#($0.why),"prevention":\#($0.prevention)}"# as JSON
        }
        let warnings = deviation.status == .assigned && deviation.lacksPrevention ? ["prevention-missing"] : []
        return #"""
            ,"reporter":\#(deviation.reporter == Deviation.nobody ? nil : deviation.reporter),"withdrawnOn":\#(deviation.withdrawnOn),\#
            "signedOut":\#(deviation.wasSentSignedOut),\#
            "leaving":\#(deviation.lockedTo != nil),"handler":\#(deviation.handler),\#
            "triage":\#(deviation.triage.map(\.json)),"cause":\#(cause),\#
            "measures":\#(deviation.measures.map(\.json)),"reports":\#(deviation.reports),\#
            "excluded":\#(deviation.shownExclusions.map(\.json)),"rounds":\#(deviation.rounds.map(\.json)),\#
            "recurring":\#(deviation.isRecurring),"warnings":\#(warnings),"onBehalf":\#(deviation.onBehalf.map(\.json))
            """#
    }
}

extension Farewell {
    /// The reporter's answer to a report that was re-registered.
    var json: JSON {
        #"""
        {"id":\#(deviation),"number":\#(number),"status":\#(Status.rejected.rawValue),"receivedOn":\#(receivedOn),\#
        "outcome":\#(reason),"ending":\#(Ending.outsideScope.rawValue)}
        """#
    }
}

extension Triage {
    var json: JSON {
        #"{"isDeviation":\#(isDeviation),"holdsSensitiveData":\#(holdsSensitiveData),"isCensurable":\#(isCensurable)}"#
    }
}

extension OnBehalf {
    var json: JSON {
        #"""
        {"student":\#(student),"submitter":\#(submitter),"consent":\#(consent),\#
        "replies":\#(repliesToStudent ? "student" : "submitter")}
        """#
    }
}

extension Exclusion {
    /// Somebody of whom only a name is known has no `person`.
    var json: JSON {
        #"{"ground":\#(ground.rawValue),"person":\#(person.isEmpty ? nil : person),"name":\#(name.isEmpty ? nil : name)}"#
    }
}

extension Round {
    var json: JSON { #"{"startedAt":\#(startedAt),"endedAt":\#(endedAt)}"# }
}

extension OrdinaryChannels {
    var json: JSON {
        switch self {
        case .tried(let which, let when): #"{"tried":true,"which":\#(which.map(\.rawValue)),"when":\#(when)}"#
        case .notTried(let reason): #"{"tried":false,"reason":\#(reason)}"#
        }
    }
}

extension TimelineEntry {
    var json: JSON {
        #"{"kind":\#(kind.rawValue),"at":\#(at),"by":\#(author),"text":\#(text),"reference":\#(reference),"date":\#(date)}"#
    }

    /// For the reporter, who meets the institution and not its people by name.
    func hidingStaff(from reporter: String) -> TimelineEntry {
        var entry = self
        if author != reporter { entry.author = "staff" }
        if kind == .assigned { entry.reference = nil }
        return entry
    }
}

extension Measure {
    var json: JSON {
        #"""
        {"id":\#(id),"action":\#(action),"cause":\#(cause),"owner":\#(owner),"dueOn":\#(dueOn),"moved":\#(isMoved),\#
        "completedAt":\#(completedAt),"effect":\#(effect)}
        """#
    }
}
