public import Signing

extension KontorClient {
    /// The certificates of this login's pairs, complete and half, objects of spec/19 §6.4.
    ///
    /// They are the service's word; what was signed stands in the entries that they name.
    public func certificates() -> PullSequence<JSONValue> { pages("/v1/certificates") }

    /// The disputes of this login, objects of spec/19 §6.4.
    ///
    /// They are the service's word; what was signed stands in the entries that they name.
    public func disputes() -> PullSequence<JSONValue> { pages("/v1/disputes") }
}
