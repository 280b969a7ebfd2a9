import EventKit
import ModuleKit
import WhistleblowingCore

/// How whistleblows stand in answers of the API.
extension Whistleblow {
    /// How far it is, in days.
    private func progress(_ deadlines: Deadlines) -> JSON {
        #"""
        "state":\#(state.rawValue),"receivedOn":\#(receivedOn),"acknowledgeBy":\#(deadlines.acknowledge(self)),\#
        "acknowledgedOn":\#(acknowledgedOn),"feedbackBy":\#(deadlines.feedback(self)),"feedbackOn":\#(feedbackOn),\#
        "concludedOn":\#(concludedOn),"deleteOn":\#(deleteOn)
        """#
    }

    private var told: JSON {
        let report = content.report
        return #"""
            "category":\#(report.category.rawValue),"title":\#(report.title),"description":\#(report.description),\#
            "occurredOn":\#(report.occurredOn)
            """#
    }

    /// What its reporter sees: nothing of notes, nor of who its keepers are. Of a deviation that nobody followed up only the steps went here.
    func dialogue(_ entries: [Entry], _ deadlines: Deadlines) -> JSON {
        let said = entries.filter { !$0.kind.isPrivate }.map { entry -> JSON in
            #"{"kind":\#(entry.kind.rawValue),"on":\#(entry.on),"text":\#(entry.text),"files":\#(entry.files.map(\.json))}"#
        }
        return #"{\#(progress(deadlines)),\#(told),"entries":\#(said)}"#
    }

    /// What its reporter finds it by.
    func own(_ deadlines: Deadlines) -> JSON {
        #"{"case":\#(id),"title":\#(content.report.title),\#(progress(deadlines))}"#
    }

    /// What a keeper finds it by.
    fileprivate func row(version: Int, isNew: Bool, _ deadlines: Deadlines) -> JSON {
        #"""
        {"id":\#(id),"version":\#(version),"campus":\#(campus),"category":\#(content.report.category.rawValue),\#
        "title":\#(content.report.title),"isNew":\#(isNew),\#(progress(deadlines))}
        """#
    }

    /// What a keeper sees.
    fileprivate func whole(version: Int, _ entries: [Entry], _ deadlines: Deadlines) -> JSON {
        #"""
        {"id":\#(id),"version":\#(version),"campus":\#(campus),"origin":\#(content.origin.rawValue),"reporter":\#(content.reporter),\#
        "excluded":\#(content.excluded.sorted()),\#(progress(deadlines)),\#(told),"entries":\#(entries.map(\.json))}
        """#
    }
}

extension StoredWhistleblow {
    func row(_ deadlines: Deadlines) -> JSON {
        whistleblow.row(version: version, isNew: news != .none, deadlines)
    }

    func whole(_ entries: [Entry], _ deadlines: Deadlines) -> JSON {
        whistleblow.whole(version: version, entries, deadlines)
    }
}

extension Entry {
    fileprivate var json: JSON {
        #"""
        {"kind":\#(kind.rawValue),"on":\#(on),"by":\#(author),"text":\#(text),"category":\#(category?.rawValue),\#
        "person":\#(person),"files":\#(files.map(\.json))}
        """#
    }
}

extension AttachedFile {
    fileprivate var json: JSON { #"{"id":\#(id),"name":\#(name),"size":\#(size),"type":\#(type)}"# }
}
