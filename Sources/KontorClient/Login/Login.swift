public import Signing

/// Who reads: a partner, auditor or operator by its slug, and a registered key of use access.
public struct Login: Sendable {
    /// The slug of the partner, auditor or operator.
    public let issuer: String
    let key: PrivateKey

    /// A login by an access key.
    ///
    /// Throws `login` unless the issuer is a slug.
    public init(issuer: String, key: PrivateKey) throws(ClientError) {
        guard Slug(issuer) != nil else {
            throw ClientError(.login, at: "issuer \(issuer)", "it is no slug of a-z, 0-9 and -")
        }
        self.issuer = issuer
        self.key = key
    }
}
