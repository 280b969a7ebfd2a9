import EventKit
import ModuleKit

extension PrivacyExtract {
    /// As its person and who answers read it.
    var json: JSON {
        let passages = passages.map {
            #"{"what":\#($0.what.json),"date":\#($0.on),"text":\#($0.text)}"# as JSON
        }
        let files = (files ?? []).map { #"{"id":\#($0.id),"text":\#($0.text),"type":\#($0.type)}"# as JSON }
        return #"{"number":\#(number),"passages":\#(passages),"files":\#(files)}"#
    }
}

extension PrivacyRequest {
    /// Its members as who answers reads them in a list, without the braces around them.
    private func members(_ keptUntil: CivilDate?) -> JSON {
        #"""
        "id":\#(id),"version":\#(version),"kind":\#(kind.rawValue),"person":\#(person),"name":\#(content.name),\#
        "contact":\#(content.contact),"text":\#(content.text),"receivedOn":\#(receivedOn),"dueOn":\#(dueOn),\#
        "state":\#(state.rawValue),"decidedOn":\#(decidedOn),"ground":\#(ground),"answer":\#(content.answer),\#
        "keptUntil":\#(keptUntil)
        """#
    }

    func officersJSON(_ keptUntil: CivilDate?) -> JSON { "{\(members(keptUntil))}" }

    func officersJSON(
        _ keptUntil: CivilDate?, cases: [PrivacyDesk.Attached], log: [PrivacyStore.LoggedAct]
    ) -> JSON {
        let cases = cases.map { $0.read.found.json(of: $0.one.module, hasExtract: $0.one.extract != nil) }
        let log = log.map { #"{"at":\#($0.at),"by":\#($0.person),"act":\#($0.act)}"# as JSON }
        return #"{\#(members(keptUntil)),"cases":\#(cases),"log":\#(log)}"#
    }
}

extension FoundCase {
    func json(of module: String, hasExtract: Bool) -> JSON {
        #"""
        {"module":\#(module),"id":\#(id),"number":\#(number),"unit":\#(unit),"receivedAt":\#(receivedAt),\#
        "hasExtract":\#(hasExtract)}
        """#
    }
}

extension PrivacyReview {
    var json: JSON {
        let passages = passages.map {
            #"{"id":\#($0.id),"what":\#($0.what.json),"date":\#($0.on),"text":\#($0.text)}"# as JSON
        }
        let files = files.map { file -> JSON in
            let (form, text): (String?, String?) =
                switch file.form {
                case .picture: ("picture", nil)
                case .text(let text): ("text", text)
                case .whole: ("whole", nil)
                case nil: (nil, nil)
                }
            return #"""
                {"id":\#(file.id),"name":\#(file.name),"type":\#(file.type),"size":\#(file.size),"date":\#(file.on),\#
                "form":\#(form),"text":\#(text)}
                """#
        }
        return #"{"id":\#(found.id),"number":\#(found.number),"passages":\#(passages),"files":\#(files)}"#
    }
}
