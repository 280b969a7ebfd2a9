import Attachments
import ModuleKit
import Vault
import WhistleblowingCore

/// What a form's files go to: found out once, when the first file comes or when the form is answered.
actor FormTarget {
    private let pages: ReporterPages
    private let visit: Visit
    private var found: Result<StoredWhistleblow?, any Error>?
    private var draft: CaseKey?
    /// Whether there was no room for files of somebody nobody knows.
    private(set) var isFull = false

    init(pages: ReporterPages, visit: Visit) { (self.pages, self.visit) = (pages, visit) }

    /// The case that the form names; nil when it names none that there is.
    func stored(_ form: FormData) async throws -> StoredWhistleblow? {
        if let found { return try found.get() }
        do {
            let stored = try await pages.find(form, visit)
            found = .success(stored)
            return stored
        } catch {
            found = .failure(error)
            throw error
        }
    }

    /// For the files of the case that the form names; nil when it names none.
    func `case`(_ form: FormData) async throws -> FileIntake.Door? {
        do {
            guard let stored = try await stored(form) else { return nil }
            let door = try await pages.whistleblows.door(to: stored)
            return form["case"].isEmpty ? try await bounded(door) : door
        } catch is NotLookedUp { return nil }
    }

    /// For the files of a report that is not sent yet; nil when it has been sent.
    func draft(_ form: FormData) async throws -> FileIntake.Door? {
        switch try await pages.whistleblows.draftKey(named: form["draft"], seed: form["seed"]) {
        case .fresh(let key), .known(let key): draft = key
        case .sent: draft = nil
        }
        return draft.map { FileIntake.Door(key: $0, room: pages.host.attachments.limits.files) }
    }

    /// The same, for files of somebody nobody knows: no more than there is room for.
    func bounded(_ door: FileIntake.Door?) async throws -> FileIntake.Door? {
        guard let door else { return nil }
        let room = try await pages.anonymous.room()
        // As long as the largest file that is taken fits.
        isFull = room < pages.host.attachments.limits.bytes
        return door.atMost(isFull ? 0 : room)
    }

    /// What the form is to carry, if files were taken for it.
    func draftName(_ form: FormData) async throws -> String? {
        guard let draft else { return nil }
        return try await pages.whistleblows.name(ofDraft: draft, seed: form["seed"])
    }
}

/// Why nothing was looked up.
enum NotLookedUp: Error {
    case signedOut, notACode, tooMany

    func error(_ language: Language) -> FieldError {
        let text = ErrorTexts[language]
        return switch self {
        case .signedOut: FieldError("", text.signedOut)
        case .notACode: FieldError("code", text.notACode)
        case .tooMany: FieldError("code", text.tooMany)
        }
    }
}

extension FormData {
    /// What a page shows when the files are not there any more.
    func withoutFiles(_ language: Language) -> FormData {
        var form = self
        form.errors.append(FieldError("files", FileTexts[language].gone))
        form.files = []
        form.set("kept", to: [])
        return form
    }
}
