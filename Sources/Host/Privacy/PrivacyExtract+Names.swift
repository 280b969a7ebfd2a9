import Attachments

extension PrivacyExtract {
    /// What a file that is given out is saved as, by its place from 1: its own name was its sender's.
    static func name(ofFile place: Int, type: String) -> String {
        "vedlegg-\(place)" + (FileKind(mediaType: type)?.endings.first.map { ".\($0)" } ?? "")
    }
}
