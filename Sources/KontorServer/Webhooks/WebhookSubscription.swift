internal import KontorAPI
internal import Ledger
internal import Signing

/// A wish of a login to be sent the entries that it may read (spec/19 §11).
struct WebhookSubscription: Hashable, Sendable {
    /// How many one login may have.
    static let limitPerLogin = 16

    /// Given by the server; later ones have later times.
    let id: UUIDv7
    /// Whose it is.
    let owner: Reader
    /// The key of the login that subscribed, or that asked for a replay last; when it is revoked,
    /// nothing is sent any more.
    var keyID: Digest
    /// Where deliveries go.
    let url: WebhookURL
    /// Only entries of these kinds, or nil for all.
    let kinds: [Kind]?
    /// How far it is.
    var schedule: DeliverySchedule

    /// When it was made.
    var createdAt: Timestamp { id.timestamp }

    /// Whether a login is its owner's.
    func belongs(to reader: Reader) -> Bool {
        owner.role == reader.role && owner.name.hasSameBytes(as: reader.name)
    }

    /// Whether an entry is one that its owner wants and may read now.
    func wants(_ view: EntryView, for reader: Reader) -> Bool {
        (kinds?.contains(view.kind) ?? true) && view.isVisible(to: reader)
    }

    /// Reads the kinds of a request: at least one, each known, each once.
    static func kinds(_ names: [String]?) throws(APIError) -> [Kind]? {
        guard let names else { return nil }
        guard !names.isEmpty else { throw APIError(at: "kinds", "at least one, or leave it out") }
        var kinds: [Kind] = []
        for name in names {
            let known = Kind.allCases.first { $0.rawValue.hasSameBytes(as: name) }
            guard let kind = known, !kinds.contains(kind) else {
                throw APIError(at: "kinds", "each is a kind of entry and stands once")
            }
            kinds.append(kind)
        }
        return kinds
    }
}
