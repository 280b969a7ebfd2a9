import Attachments

/// A file in a page's list `files`: a picture as its preview, anything else by its kind; to be saved, never opened.
public struct FileLine: Sendable {
    public var name: String
    /// Bytes.
    public var size: Int
    /// Its media type; nil when it is not known.
    public var type: String?
    public var address: String
    /// Of the preview; nil when there is none.
    public var preview: String?
    /// Whether it is marked as not for everybody.
    public var isPrivate: Bool

    public init(
        _ name: String, size: Int, type: String?, address: String, preview: String? = nil, isPrivate: Bool = false
    ) {
        (self.name, self.size, self.type) = (name, size, type)
        (self.address, self.preview, self.isPrivate) = (address, preview, isPrivate)
    }

    /// As an item of the list; `more` is said after its kind and size.
    public func item(_ language: Language, more: HTML = "") -> HTML {
        """
        <li\(if: isPrivate, " class=\"private\"")>\(picture(language))<span><a href="\(address)" download>\(name)</a>\
        <span class="soft">\(Self.summary(type, size, language))\(more)</span></span></li>
        """
    }

    private func picture(_ language: Language) -> HTML {
        guard let preview else { return Self.sign(type) }
        // It opens large, in the page where there is a script for that.
        return """
            <a href="\(preview)" data-picture="\(FileTexts[language].close)"><img src="\(preview)" alt="\(FileTexts[language].preview) \(name)" \
            loading="lazy" width="96" height="96"></a>
            """
    }

    /// What stands where there is no picture.
    public static func sign(_ type: String?) -> HTML {
        "<span class=\"kind\" aria-hidden=\"true\">\(kind(type))</span>"
    }

    /// “PDF, 2,4 MB”
    public static func summary(_ type: String?, _ size: Int, _ language: Language) -> String {
        [kind(type), language.size(size)].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func kind(_ type: String?) -> String {
        type.flatMap(FileKind.init(mediaType:)).map { $0.endings[0].uppercased() } ?? ""
    }
}
