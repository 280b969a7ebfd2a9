/// What a file is, by its bytes; its name and what its sender says of it count for nothing.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
    case jpeg, png, webp, gif, heic
    case pdf
    case docx, xlsx, pptx
    case odt, ods, odp
    case text

    /// RFC 2046; what a download says it is.
    public var mediaType: String {
        switch self {
        case .jpeg, .png, .webp, .gif, .heic: "image/\(rawValue)"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .text: "text/plain; charset=utf-8"
        }
    }

    /// The kind of a stored file's media type; nil for what is not ours.
    public init?(mediaType: String) {
        guard let kind = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = kind
    }

    /// Endings of names that fit, the usual one first.
    public var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .heic: ["heic", "heif"]
        case .text: ["txt", "md", "csv", "log"]
        default: [rawValue]
        }
    }

    public var isImage: Bool { Self.images.contains(self) }

    private static let images: Set<FileKind> = [.jpeg, .png, .webp, .gif, .heic]

    /// What a file field offers to choose from.
    public static let accepted = allCases.flatMap { kind in kind.endings.map { "." + $0 } }.joined(separator: ",")
}
