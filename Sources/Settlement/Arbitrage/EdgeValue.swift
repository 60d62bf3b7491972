/// The best average that an edge can give: the supremum of credited over debited (spec/23 §2).
public struct EdgeValue: Hashable, Sendable {
    /// Whether some amount gives it.
    public enum Attainment: Hashable, Sendable {
        /// This amount gives it.
        case reached(at: Int64)
        /// Growing amounts come as near as wanted.
        case approached
        /// It is a proven bound; the search was cut off before it found whether amounts come near.
        case atMost
    }

    /// Units credited per unit debited.
    public let ratio: ExactRatio
    /// How it is attained.
    public let attainment: Attainment

    /// The value of terms, or nil when they allow no amount at all.
    ///
    /// With `withOnce` each bonus that a member gets once counts too: the best single item.
    public init?(of terms: EdgeTerms, withOnce: Bool) {
        if let value = LinearValue(terms, withOnce: withOnce)?.value {
            self = value
            return
        }
        var search = ValueSearch(terms, withOnce: withOnce)
        guard let value = search.value() else { return nil }
        self = value
    }

    init(ratio: ExactRatio, attainment: Attainment) {
        self.ratio = ratio
        self.attainment = attainment
    }
}
