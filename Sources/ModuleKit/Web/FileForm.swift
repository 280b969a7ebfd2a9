public import Attachments
import HTTPTypes
public import Hummingbird
import Synchronization
public import Vault

/// Where the files of a form go.
public struct FileIntake: Sendable {
    let attachments: Attachments
    let language: @Sendable (FormData) -> Language?
    let isUnguarded: @Sendable (FormData) -> Bool
    let door: @Sendable (FormData) async throws -> Door?

    /// What files are sealed by, and how many more there may be.
    public struct Door: Sendable {
        public let key: CaseKey
        let room, bytes: Int

        /// - Parameters:
        ///   - room: files.
        ///   - bytes: of all of them.
        public init(key: CaseKey, room: Int, bytes: Int = Attachments.Limits.total) {
            (self.key, self.room, self.bytes) = (key, room, bytes)
        }

        /// The same for no more than so many bytes.
        public func atMost(_ bytes: Int) -> Door { Door(key: key, room: room, bytes: min(self.bytes, bytes)) }
    }

    /// Each of the closures gets the fields that stood before the files.
    ///
    /// - Parameters:
    ///   - language: what the form itself says it is to be answered in; nil for the visit's.
    ///   - isUnguarded: whether files are taken without a form token, from somebody in whose name nothing is done.
    ///   - door: asked at most once; nil when there is nothing that files could be added to.
    public init(
        _ attachments: Attachments, language: @escaping @Sendable (FormData) -> Language? = { _ in nil },
        isUnguarded: @escaping @Sendable (FormData) -> Bool = { _ in false },
        door: @escaping @Sendable (FormData) async throws -> Door?
    ) {
        (self.attachments, self.language, self.isUnguarded, self.door) = (attachments, language, isUnguarded, door)
    }

    /// What files that come without a form are sealed by.
    public func opened() async throws -> Door? { try await door(FormData()) }
}

extension Problem {
    init(_ refusal: Refusal, _ language: Language, _ limits: Attachments.Limits) {
        let reason = FileTexts[language].reason(refusal, limits)
        switch refusal {
        case .tooLarge: self = .tooLarge(language, limit: limits.bytes)
        case .scannerAway:
            self = .unavailable(language)
            detail = reason
        default: self = .invalid(language, [FieldError("", reason)])
        }
    }
}

/// The text fields that have been read of a form with files, for when it cannot be taken.
public final class TypedForm: Sendable {
    private let form = Mutex<FormData?>(nil)

    /// nil when nothing has been read.
    var value: FormData? {
        get { form.withLock(\.self) }
        set { form.withLock { $0 = newValue } }
    }
}

extension AppContext {
    /// The form the browser sent, with its files: those that were taken now, and those that came before and were kept.
    ///
    /// A file that is refused is an error of the field `files`, which names it; all else is kept. The files are loose: whoever stores
    /// the form attaches them. Until then a page carries their ids along, in the field `kept`.
    /// - Throws: `Problem` when the body is no form or over the limit; what the intake's door throws.
    public func form(_ request: Request, files intake: FileIntake) async throws -> FormData {
        let visit = try visit
        guard request.isMultipartForm else {
            var form = try await form(request)
            form.files = try await FileReader(intake, visit).earlier(&form)
            return form
        }
        let read = try await read(request, visit.language) { reader in
            try await FileReader(intake, visit).form(reader) { typed.value = $0 }
        }
        return checked(read, visit)
    }

    /// The body, as one file that `Content-Disposition` names.
    ///
    /// - Throws: `Problem` 413 for one that is too large, 503 when it cannot be searched for viruses now, 422 for any other refusal.
    public func file(
        _ request: Request, takenBy attachments: Attachments, _ door: FileIntake.Door
    ) async throws -> SealedFile {
        let language = try visit.language
        do {
            guard door.room > 0 else { throw Refusal.tooMany }
            let pieces = request.body.map { Array(buffer: $0) }
            return try await attachments.take(name: request.sentFileName ?? "", by: door.key, room: door.bytes, pieces)
        } catch let refusal as Refusal {
            throw Problem(refusal, language, attachments.limits)
        }
    }

    /// The fields of a form with files, without the files; nil when it cannot be read.
    public func typedForm(_ request: Request, language: Language) async -> FormData? {
        // Only once can a body be read.
        if let known = typed.value { return known }
        return try? await read(request, language) { reader in
            var form = FormData()
            var room = TextRoom()
            while let part = try await reader.next() {
                if part.fileName == nil { try await form.append(part, language, &room) }
            }
            return form
        }
    }

    private func read<Value>(
        _ request: Request, _ language: Language, _ body: (MultipartReader<RequestBody>) async throws -> Value
    ) async throws -> Value {
        typed.value = FormData()
        do {
            return try await body(
                MultipartReader(request.body, contentType: request.headers[.contentType], limit: Self.formLimit))
        } catch is TextTooLong {
            // What is not whole is not sent again.
            typed.value = FormData()
            throw Problem.tooLarge(language, limit: FormData.limit)
        } catch MultipartError.tooLarge {
            throw Problem.tooLarge(language, limit: Self.formLimit)
        } catch is MultipartError {
            throw Problem.malformed(language)
        }
    }

    /// So much is read to its end, so that every file can be named that is refused.
    private static let formLimit = 1 << 30
}

/// Reads one form with files.
private struct FileReader {
    private let intake: FileIntake
    private let visit: Visit

    init(_ intake: FileIntake, _ visit: Visit) { (self.intake, self.visit) = (intake, visit) }

    private func language(_ form: FormData) -> Language { intake.language(form) ?? visit.language }
    private func text(_ form: FormData) -> FileTexts { FileTexts[language(form)] }

    func form(
        _ reader: MultipartReader<RequestBody>, typed: (FormData) -> Void
    ) async throws -> FormData {
        var form = FormData()
        var room = TextRoom()
        var files: [SealedFile]?
        var door: FileIntake.Door?
        while let part = try await reader.next() {
            guard let name = part.fileName else {
                try await form.append(part, visit.language, &room)
                typed(form)
                continue
            }
            // A field in which nothing was chosen.
            if name.isEmpty { continue }
            _ = try room.take(name.utf8.count)
            // Nothing is stored for another site, nor with what is refused.
            guard !room.isOver, visit.accepts(formToken: form["_token"]) || intake.isUnguarded(form) else {
                let text = text(form)
                form.errors.append(FieldError("files", text.refused(name, text.chooseAgain)))
                continue
            }
            if files == nil {
                door = try await intake.door(form)
                files = try await kept(&form, door)
            }
            guard let door else { continue }
            do {
                let taken = try await take(part, name, door, after: files ?? [])
                files?.append(taken)
            } catch let refusal as Refusal {
                let text = text(form)
                let reason = text.reason(refusal, intake.attachments.limits)
                form.errors.append(FieldError("files", text.refused(name, reason)))
            }
        }
        if room.isOver {
            var problem = Problem.tooLarge(language(form), limit: FormData.limit)
            problem.errors = form.errors
            throw problem
        }
        form.files = if let files { files } else { try await earlier(&form) }
        form.set("kept", to: form.files.map(\.id))
        return form
    }

    private func take(
        _ part: MultipartReader<RequestBody>.Part, _ name: String, _ door: FileIntake.Door, after files: [SealedFile]
    ) async throws -> SealedFile {
        guard files.count < door.room else { throw Refusal.tooMany }
        let room = door.bytes - files.reduce(0) { $0 + $1.size }
        return try await intake.attachments.take(name: name, by: door.key, room: room, part.content)
    }

    /// The files that came with the form before.
    func earlier(_ form: inout FormData) async throws -> [SealedFile] {
        form.all("kept").isEmpty ? [] : try await kept(&form, try await intake.door(form))
    }

    private func kept(_ form: inout FormData, _ door: FileIntake.Door?) async throws -> [SealedFile] {
        let wanted = form.all("kept")
        guard let door, !wanted.isEmpty else { return [] }
        let files = try await intake.attachments.loose(wanted, by: door.key)
        if files.count < wanted.count { form.errors.append(FieldError("files", text(form).gone)) }
        form.set("kept", to: files.map(\.id))
        return files
    }
}
