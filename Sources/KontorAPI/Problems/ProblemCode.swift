/// What can be wrong with a request, besides a refusal by the ledger's rules (spec/19 §3).
public enum ProblemCode: String, Sendable, Hashable, CaseIterable {
    case malformedRequest = "MalformedRequest"
    case invalidQuery = "InvalidQuery"
    case invalidCursor = "InvalidCursor"
    case tokenMissing = "TokenMissing"
    case tokenMalformed = "TokenMalformed"
    case tokenUnknownKey = "TokenUnknownKey"
    case tokenSignature = "TokenSignature"
    case tokenAudience = "TokenAudience"
    case tokenExpired = "TokenExpired"
    case tokenNotYetValid = "TokenNotYetValid"
    case tokenLifetime = "TokenLifetime"
    case tokenReplayed = "TokenReplayed"
    case forbidden = "Forbidden"
    case notFound = "NotFound"
    case methodNotAllowed = "MethodNotAllowed"
    case requestTimeout = "RequestTimeout"
    case conflict = "Conflict"
    case bodyTooLarge = "BodyTooLarge"
    case unsupportedMediaType = "UnsupportedMediaType"
    case headerTooLarge = "HeaderTooLarge"
    case tooManyRequests = "TooManyRequests"
    case internalError = "InternalError"
    case queueFull = "QueueFull"
    case readOnly = "ReadOnly"
    case shuttingDown = "ShuttingDown"
    case ledgerEmpty = "LedgerEmpty"

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .malformedRequest, .invalidQuery, .invalidCursor: 400
        case .tokenMissing, .tokenMalformed, .tokenUnknownKey, .tokenSignature,
            .tokenAudience, .tokenExpired, .tokenNotYetValid, .tokenLifetime, .tokenReplayed:
            401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .conflict: 409
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .tooManyRequests: 429
        case .headerTooLarge: 431
        case .internalError: 500
        case .queueFull, .readOnly, .shuttingDown, .ledgerEmpty: 503
        }
    }

    /// What kind of problem it is.
    public var title: String {
        switch self {
        case .malformedRequest: "The request cannot be read"
        case .invalidQuery: "A member of the query is not valid"
        case .invalidCursor: "The cursor is not one of this server"
        case .tokenMissing: "A login is needed"
        case .tokenMalformed: "The token cannot be read"
        case .tokenUnknownKey: "The token's key is not a registered access key that holds"
        case .tokenSignature: "The token's signature is not valid"
        case .tokenAudience: "The token is for another ledger"
        case .tokenExpired: "The token has expired"
        case .tokenNotYetValid: "The token is not valid yet"
        case .tokenLifetime: "The token lives too long"
        case .tokenReplayed: "The token was used before"
        case .forbidden: "This login may not do that"
        case .notFound: "There is no such thing here"
        case .methodNotAllowed: "This path does not take this method"
        case .requestTimeout: "The request took too long to arrive"
        case .conflict: "It stands in conflict with what is there"
        case .bodyTooLarge: "The body or a line of it is too long"
        case .unsupportedMediaType: "The media type of the body is not one that this path takes"
        case .headerTooLarge: "The header is too large"
        case .tooManyRequests: "Too many requests"
        case .internalError: "The server failed"
        case .queueFull: "Too many submissions wait"
        case .readOnly: "This ledger takes no entries now"
        case .shuttingDown: "The server is shutting down"
        case .ledgerEmpty: "The ledger has no entry yet"
        }
    }

    /// What to do about it.
    public var wayOut: String {
        switch self {
        case .malformedRequest, .invalidQuery: "Correct the request; spec/19 lists what it takes."
        case .invalidCursor: "Start again without a cursor, or use one that this server gave."
        case .tokenMissing: "Send Authorization: Bearer with a token of spec/19 §2."
        case .tokenMalformed: "Make the token as spec/19 §2 says."
        case .tokenUnknownKey: "Register a key of use access by key.add, or use one that holds."
        case .tokenSignature: "Sign the token with the key that kid names."
        case .tokenAudience: "Set aud to the id of this ledger."
        case .tokenExpired, .tokenLifetime, .tokenNotYetValid:
            "Make a new token of at most five minutes, by a clock that is right."
        case .tokenReplayed: "Make a new token with a new jti for each POST."
        case .forbidden: "Use a login that may, or ask a party to the entry."
        case .notFound: "Check the path; what you may not read is not found either."
        case .methodNotAllowed: "Use a method that the header Allow names."
        case .requestTimeout: "Send the request again, faster."
        case .conflict: "Read what is there, then decide."
        case .bodyTooLarge: "Send less at once; the limits stand in spec/19 §7."
        case .unsupportedMediaType: "Set Content-Type to one that spec/19 names for this path."
        case .headerTooLarge: "Send fewer or shorter headers."
        case .tooManyRequests, .queueFull: "Wait as long as Retry-After says, then try again."
        case .internalError: "Try again; if it stays, give the operator the request id."
        case .readOnly: "Ask the operator; a submission may be sent again later, unchanged."
        case .shuttingDown: "Send it again, unchanged, to the instance that follows."
        case .ledgerEmpty: "Submit the genesis entry first."
        }
    }
}
