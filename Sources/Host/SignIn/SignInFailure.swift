import HTTPTypes
import ModuleKit
import OpenID

/// Why somebody who tried to sign in is not, as far as it concerns them.
enum SignInFailure: Error, Sendable, CaseIterable {
    /// Nothing that this browser began, or too long ago.
    case expired
    case cancelled
    /// The provider does not answer, or not in a form that can be read.
    case away
    case refused
    case oneFactor
    /// The institution says that they have left.
    case left

    init(_ error: OpenIDError) {
        self =
            switch error {
            case .unavailable, .malformed: .away
            case .token(.acr): .oneFactor
            case .token, .codeRefused, .wrongIssuer, .insecureAddress, .otherPerson: .refused
            }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .expired, .cancelled: .badRequest
        case .away: .serviceUnavailable
        case .refused, .oneFactor, .left: .forbidden
        }
    }
}
