internal import HTTPTypes
public import Hummingbird
internal import Logging

/// Who may use an endpoint (spec/19 §2).
enum Access: Hashable, Sendable {
    /// Everybody, without login.
    case everyone
    /// Every login; what it may not read is left out or not found.
    case login
    /// Auditors and operators, unless the setting makes it public.
    case overseers(unlessPublic: Bool)
}

/// One row of the table of paths: method, pattern, who may use it, and what answers.
struct Endpoint: Sendable {
    /// The method.
    let method: HTTPRequest.Method
    /// The pattern: `{name}` takes one segment, `**` the rest.
    let path: String
    /// Who may use it.
    let access: Access
    /// What answers.
    let handler: @Sendable (Call) async throws -> Response

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access,
        _ handler: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.handler = handler
    }
}

/// A request on its way to its handler.
struct Call: Sendable {
    /// The request.
    let request: Request
    /// Its context.
    let context: ServiceContext
    /// Who asks, where the endpoint needs a login.
    let login: Login?

    init(_ request: Request, _ context: ServiceContext, _ login: Login?) {
        self.request = request
        self.context = context
        self.login = login
    }

    /// A segment of the path.
    func segment(_ name: String) -> String { context.parameters.get(name) ?? "" }
}

/// What a request bears through the middlewares.
public struct ServiceContext: RequestContext {
    /// What Hummingbird needs.
    public var coreContext: CoreRequestContextStorage
    /// The address of the sender; empty where there is none.
    let address: String

    /// The name of the request; also there when the log handler keeps no metadata.
    var requestID: String {
        logger[metadataKey: "hb.request.id"].map(\.description)
            ?? String(UInt64.random(in: 0...UInt64.max), radix: 16)
    }

    /// A context for a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
