/// A place where a log is kept (spec/15).
///
/// Every store gives the same promises, and one suite in `TestSupport` checks them all:
/// a commit is durable as a whole or not there at all; entries and tiles never change; readers see
/// whole commits and never wait for the writer. All methods may be called from any thread. They
/// throw `StorageError`, or whatever a caller's closure throws.
public protocol LogStore: AnyObject, Sendable {
    /// The head of the last commit, or nil before the first.
    func head() throws -> LogHead?

    /// Adds a commit in one durable transaction: entries, ids, tiles and head.
    ///
    /// Throws `conflict` if the base is not the stored size, if indexes have gaps, if an id or a
    /// tile exists, and `fenced` if the standing does not let the writer write. After `inputOutput`
    /// the outcome is unknown and the store takes no further writes: close it, open it again and
    /// read the head. After any other error nothing of the commit is stored, and it may be tried
    /// again.
    ///
    /// Complexity: O(bytes).
    func append(_ commit: LogCommit) throws

    /// The entry at an index, or nil past the end.
    ///
    /// Complexity: O(log size).
    func entry(at index: UInt64) throws -> StoredEntry?

    /// Hands over the entries of a range in order, until the range, the log or the caller ends it.
    ///
    /// The closure returns false to stop, and may call the store. Memory stays constant at any
    /// length. No snapshot is held between chunks: entries never change.
    ///
    /// Complexity: O(bytes read).
    func forEachEntry(in range: Range<UInt64>, _ body: (StoredEntry) throws -> Bool) throws

    /// The index of the entry that a submitter sent under an id, or nil.
    ///
    /// Complexity: O(log size).
    func index(of submitter: String, id: UInt128) throws -> UInt64?

    /// The 8,192 bytes of a full tile, or nil if it is not complete.
    ///
    /// Complexity: O(log size).
    func tile(level: Int, index: UInt64) throws -> [UInt8]?

    /// Saves the changed pages of the state projection in one transaction.
    ///
    /// Pages of a table numbered at or past `fromNumber` are dropped first, then pages are inserted
    /// or replaced. Throws `conflict` if the watermark is greater than the size of the log.
    func saveProjection(
        watermark: UInt64,
        version: Int,
        pages: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) throws

    /// Up to which size the saved projection reaches, and the format of its pages, or nil.
    func projection() throws -> (watermark: UInt64, version: Int)?

    /// Hands over all pages of one saved projection, ordered by table and number.
    ///
    /// The closure may call the store.
    ///
    /// Complexity: O(bytes).
    func forEachProjectionPage(_ body: (ProjectionPage) throws -> Void) throws

    /// Forgets the projection; the log is enough to make it again.
    func dropProjection() throws

    /// The value of a setting, or nil.
    func setting(_ name: String) throws -> [UInt8]?

    /// The settings whose names begin with a text, in the order of the bytes of their names.
    ///
    /// Complexity: O(bytes of them).
    func settings(withPrefix prefix: String) throws -> [StoredSetting]

    /// Sets or, with nil, removes settings, all of them in one durable transaction.
    ///
    /// Where a name stands twice, its last value holds.
    func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws

    /// Whether the store takes entries of its own; `unmarked` if nobody ever said.
    func standing() throws -> Standing

    /// Replaces the standing in one durable transaction.
    ///
    /// Throws `conflict` if the stored one is not the expected one, or if it may not become the
    /// next one. Every commit that begins after it is judged by the new standing.
    func replaceStanding(_ expected: Standing, with next: Standing) throws

    /// What the store has written since it was opened.
    var counters: StoreCounters { get }

    /// Ends all use and releases the writer lock.
    ///
    /// A second call does nothing; other calls throw `closed`.
    func close() throws
}

extension LogStore {
    /// Sets or, with nil, removes a setting in one durable transaction.
    public func setSetting(_ name: String, _ value: [UInt8]?) throws {
        try setSettings([(name: name, value: value)])
    }
}
