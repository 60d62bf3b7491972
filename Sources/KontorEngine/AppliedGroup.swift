internal import KontorStorage
internal import VerifiableLog

/// A group of submissions that the rules have taken, and what has to be durable before anybody is
/// told.
struct AppliedGroup: Sendable {
    /// The answers, in the order of the submissions.
    var answers: [Answer] = []
    /// The entries that took effect; nil if none did.
    var commit: LogCommit?
    /// The hash tiles that they fill, with their inner nodes.
    var filledTiles: [HashTile] = []
    /// What readers see once the commit is durable.
    var published: Published?
    /// Pages of the projection that are due after the commit.
    var projection: ProjectionCodec.Changes?
}
