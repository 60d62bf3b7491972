extension StringProtocol {
    /// Whether two texts have the same bytes in UTF-8, which is what sameness means in a ledger
    /// (spec/02 §2.4).
    ///
    /// `==` of strings is no measure here: it takes texts for equal that Unicode calls canonically
    /// equivalent, and so the Kelvin sign for the letter K.
    ///
    /// Complexity: O(n).
    public func hasSameBytes(as other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
