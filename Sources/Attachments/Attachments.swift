public import Logging
import Synchronization
public import Vault

/// Takes files in: finds out what they are, has them searched for viruses, seals them, and makes previews of images.
///
/// Nothing of a file that is refused is kept. What is taken is loose until the transaction that stores its id
/// ``SealedFiles/attach(_:in:)``es it; what stays loose is removed after a day or two.
public struct Attachments: Sendable {
    /// How much is taken.
    public struct Limits: Sendable, Hashable {
        /// Of one file.
        public var bytes: Int
        /// Of one case.
        public var files: Int
        /// Of all files of one case together: a hand-over holds no more.
        public static let total = 50 << 20

        public init(bytes: Int = 10 << 20, files: Int = 10) { (self.bytes, self.files) = (bytes, files) }
    }

    public let limits: Limits
    private let files: SealedFiles
    private let scanner: VirusScanner?
    private let previews: PreviewMaker
    private let logger: Logger

    /// - Parameter clamd: nil when files are not searched for viruses.
    public init(files: SealedFiles, limits: Limits = Limits(), clamd: ClamdAddress? = nil, logger: Logger) {
        (self.files, self.limits, self.logger) = (files, limits, logger)
        scanner = clamd.map { VirusScanner(address: $0) }
        previews = PreviewMaker(logger: logger)
    }

    /// Takes a file while it comes in; its type is then what it is, and its name has an ending that fits.
    ///
    /// - Parameters:
    ///   - room: bytes that the case has left.
    ///   - content: in pieces of any size.
    /// - Throws: ``Refusal``, `VaultError` or `StorageError`, or what `content` throws; then nothing is kept.
    public func take<Content: AsyncSequence>(
        name: String, by key: CaseKey, room: Int = .max, _ content: Content
    ) async throws -> SealedFile where Content.Element == [UInt8] {
        let inspection = Inspection()
        do {
            let file = try await files.store(
                name: FileName.clean(name, kind: try inspection.kind()), type: try inspection.kind().mediaType,
                limit: min(limits.bytes, room), by: key, InspectedContent(base: content, inspection: inspection))
            do { try await search(file, key) } catch {
                try? await files.remove(file.id)
                throw error
            }
            return file
        } catch let error as VaultError where error.kind == .tooLarge {
            throw room < limits.bytes ? Refusal.noRoom : .tooLarge
        }
    }

    /// Those of these files that were taken with this key, are not attached yet, and are still there.
    public func loose(_ ids: [String], by key: CaseKey) async throws -> [SealedFile] {
        let ids = ids.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.prefix(limits.files)
        return try await files.loose(Array(ids), by: key)
    }

    private func search(_ file: SealedFile, _ key: CaseKey) async throws {
        guard let scanner else { return }
        switch await scanner.scan(files.content(of: file, by: key)) {
        case .clean: return
        case .infected:
            logger.notice("a file with a virus was refused")
            throw Refusal.virus
        case .away:
            logger.warning("clamd does not answer; files are refused until it does")
            throw Refusal.scannerAway
        }
    }

    /// Stores a preview of a taken image, to be attached with it; nil for what is no image, or when none can be made.
    ///
    /// - Throws: `VaultError` or `StorageError`.
    public func preview(of file: SealedFile, by key: CaseKey) async throws -> SealedFile? {
        guard let kind = FileKind(mediaType: file.type), kind.isImage else { return nil }
        let content = files.content(of: file, by: key)
        guard try await Self.pixels(kind, content)?.isDecodable ?? false,
            let preview = await previews.preview(of: content)
        else { return nil }
        return try await files.store(
            name: "preview.webp", type: FileKind.webp.mediaType, limit: preview.count, by: key, OnePiece(bytes: preview)
        )
    }

    private static func pixels(_ kind: FileKind, _ content: FileContent) async throws -> Pixels? {
        var parts = content.makeAsyncIterator()
        return Pixels(kind, try await parts.next() ?? [])
    }
}

/// What is found out about a file while it comes in.
private final class Inspection: Sendable {
    private struct State {
        var inspector = FileInspector()
        var finding: FileInspector.Finding?
    }

    private let state = Mutex(State())

    func feed(_ piece: [UInt8]) throws(Refusal) {
        try state.withLock { state throws(Refusal) in try state.inspector.feed(piece) }
    }

    /// To be asked when all has come.
    func kind() throws(Refusal) -> FileKind {
        try state.withLock { state throws(Refusal) in
            if let finding = state.finding { return finding.kind }
            let finding = try state.inspector.finish()
            state.finding = finding
            return finding.kind
        }
    }
}

/// Passes pieces on after a look at each.
private struct InspectedContent<Base: AsyncSequence>: AsyncSequence where Base.Element == [UInt8] {
    let base: Base
    let inspection: Inspection

    struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let inspection: Inspection

        mutating func next() async throws -> [UInt8]? {
            guard let piece = try await base.next() else { return nil }
            try inspection.feed(piece)
            return piece
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), inspection: inspection) }
}

/// Content that is all there.
private struct OnePiece: AsyncSequence {
    typealias Element = [UInt8]

    let bytes: [UInt8]

    struct Iterator: AsyncIteratorProtocol {
        var bytes: [UInt8]?

        mutating func next() async -> [UInt8]? {
            defer { bytes = nil }
            return bytes
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes) }
}
