/// Whether a zip file is an office document, and holds nothing that runs or hides.
enum DocumentCheck {
    /// Unpacked, a document is no larger than this, nor so many times its packed size.
    private static let sizeLimit = 256 << 20
    private static let ratioLimit = 150
    /// Below this a high ratio is no danger: an empty sheet is packed well.
    private static let smallSize = 4 << 20

    /// - Parameter head: the file's first bytes.
    /// - Throws: `archive` for what is no document or unpacks to far too much, `macros`, `damaged`.
    static func kind(of directory: ZipDirectory, head: ArraySlice<UInt8>) throws(Refusal) -> FileKind {
        let entries = directory.entries
        let names = entries.map { $0.name.lowercased() }
        guard let kind = names.contains("content.xml") ? openDocument(head, entries) : office(names) else {
            throw .archive
        }
        if entries.contains(where: \.isEncrypted) || names.contains(where: isAstray) { throw .damaged }
        if Set(names).count < names.count { throw .damaged }
        let size = entries.reduce(0) { $0 + $1.size }
        let packed = entries.reduce(0) { $0 + $1.packed }
        if size > sizeLimit || size > smallSize && size > packed * ratioLimit { throw .archive }
        if names.contains(where: isMacro) { throw .macros }
        if names.contains(where: isForeign) { throw .archive }
        return kind
    }

    private static func office(_ names: [String]) -> FileKind? {
        guard names.contains("[content_types].xml") else { return nil }
        if names.contains("word/document.xml") { return .docx }
        if names.contains("xl/workbook.xml") { return .xlsx }
        return names.contains("ppt/presentation.xml") ? .pptx : nil
    }

    /// Its first entry is the media type, not packed (OpenDocument 1.3, part 2, 3.3).
    private static func openDocument(_ head: ArraySlice<UInt8>, _ entries: [ZipDirectory.Entry]) -> FileKind? {
        guard let first = entries.first, first.name == "mimetype", first.offset == 0 else { return nil }
        let type = String(decoding: head.dropFirst(38).prefix(first.packed), as: UTF8.self)
        return [.odt, .ods, .odp].first { $0.mediaType == type }
    }

    /// Leads out of the folder it is unpacked in.
    private static func isAstray(_ name: String) -> Bool {
        name.hasPrefix("/") || name.contains("\\") || name.contains(":") || name.contains("\0")
            || name.split(separator: "/").contains("..")
    }

    private static func isMacro(_ name: String) -> Bool {
        name.contains("vbaproject") || name.contains("vbadata") || name.contains("activex/")
            || name.contains("macrosheets/")
            || name.hasPrefix("basic/") || name.hasPrefix("scripts/") || name.contains("customui/")
    }

    /// Not what documents are made of: a file put inside, or an archive. The sheet behind a chart is a document itself.
    private static func isForeign(_ name: String) -> Bool {
        let hasNoEnding = ["printersettings/", "objectreplacements/"].contains(where: name.contains)
        if name.hasSuffix("/") || hasNoEnding || name == "mimetype" || name == "layout-cache" { return false }
        if name.contains("embeddings/") { return !name.hasSuffix(".xlsx") }
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        return !parts.contains(ending)
    }

    private static let parts: Set = [
        "xml", "rels", "rdf", "vml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "svm",
        "wdp",
        "webp", "heic", "fntdata", "odttf", "ttf", "otf", "mp3", "mp4", "m4a", "m4v", "mov", "wav", "thmx",
    ]
}
