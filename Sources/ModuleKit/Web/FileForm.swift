public import Attachments
import HTTPTypes
public import Hummingbird
import Synchronization
public import Vault

/// Where the files of a form go.
public struct FileIntake: Sendable {
    let attachments: Attachments
    let door: @Sendable (FormData) async throws -> Door?

    /// What files are sealed by, and how many more there may be.
    public struct Door: Sendable {
        let key: CaseKey
        let room: Int

        public init(key: CaseKey, room: Int) { (self.key, self.room) = (key, room) }
    }

    /// - Parameter door: asked at most once, with the fields that stood before the files; nil when there is nothing that files could
    ///   be added to.
    public init(_ attachments: Attachments, door: @escaping @Sendable (FormData) async throws -> Door?) {
        (self.attachments, self.door) = (attachments, door)
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

    /// The fields of a form with files, without the files; nil when it cannot be read.
    public func typedForm(_ request: Request, language: Language) async -> FormData? {
        // Only once can a body be read.
        if let known = typed.value { return known }
        return try? await read(request, language) { reader in
            var form = FormData()
            while let part = try await reader.next() {
                if part.fileName == nil { try await form.append(part, language, limit: maxUploadSize) }
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
        } catch MultipartError.tooLarge {
            throw Problem.tooLarge(language, limit: Self.formLimit)
        } catch is MultipartError {
            throw Problem.malformed(language)
        }
    }

    /// Ten of the largest files there can be are read to their end, so that each can be named when it is refused.
    private static let formLimit = 1 << 30
}

extension FormData {
    /// Adds a part that is no file.
    fileprivate mutating func append(
        _ part: MultipartReader<RequestBody>.Part, _ language: Language, limit: Int
    ) async throws {
        append(part.name, try await part.bytes(upTo: limit), language)
    }
}

/// Reads one form with files.
private struct FileReader {
    private let intake: FileIntake
    private let visit: Visit
    private var text: FileTexts { FileTexts[visit.language] }

    init(_ intake: FileIntake, _ visit: Visit) { (self.intake, self.visit) = (intake, visit) }

    func form(
        _ reader: MultipartReader<RequestBody>, typed: (FormData) -> Void
    ) async throws -> FormData {
        var form = FormData()
        var files: [SealedFile]?
        var door: FileIntake.Door?
        while let part = try await reader.next() {
            guard let name = part.fileName else {
                try await form.append(part, visit.language, limit: 1 << 20)
                typed(form)
                continue
            }
            // A field in which nothing was chosen.
            if name.isEmpty { continue }
            // Nothing is stored for another site.
            guard visit.accepts(formToken: form["_token"]) else {
                form.errors.append(FieldError("files", text.refused(name, text.chooseAgain)))
                continue
            }
            if files == nil {
                door = try await intake.door(form)
                files = try await kept(&form, door)
            }
            guard let door else { continue }
            do {
                let taken = try await take(part, name, door, count: files?.count ?? 0)
                files?.append(taken)
            } catch let refusal as Refusal {
                let reason = text.reason(refusal, intake.attachments.limits)
                form.errors.append(FieldError("files", text.refused(name, reason)))
            }
        }
        form.files = if let files { files } else { try await earlier(&form) }
        form.set("kept", to: form.files.map(\.id))
        return form
    }

    private func take(
        _ part: MultipartReader<RequestBody>.Part, _ name: String, _ door: FileIntake.Door, count: Int
    ) async throws -> SealedFile {
        guard count < door.room else { throw Refusal.tooMany }
        return try await intake.attachments.take(name: name, by: door.key, part.content)
    }

    /// The files that came with the form before.
    func earlier(_ form: inout FormData) async throws -> [SealedFile] {
        form.all("kept").isEmpty ? [] : try await kept(&form, try await intake.door(form))
    }

    private func kept(_ form: inout FormData, _ door: FileIntake.Door?) async throws -> [SealedFile] {
        let wanted = form.all("kept")
        guard let door, !wanted.isEmpty else { return [] }
        let files = try await intake.attachments.loose(wanted, by: door.key)
        if files.count < wanted.count { form.errors.append(FieldError("files", text.gone)) }
        form.set("kept", to: files.map(\.id))
        return files
    }
}
