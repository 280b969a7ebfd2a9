import HTTPTypes
import ModuleKit

/// What there is no room for at the moment from people nobody knows.
enum Full: Sendable {
    case files
    case reports

    var status: HTTPResponse.Status {
        switch self {
        case .files: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .reports: .tooManyRequests
        }
    }
}
