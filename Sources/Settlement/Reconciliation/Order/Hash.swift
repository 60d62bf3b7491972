/// A number that equal keys share; what differs mostly has another.
///
/// It brings rows of equal keys together. Nothing depends on its being hard to forge: keys of equal
/// numbers are compared in full.
struct Hash: Sendable {
    private(set) var value: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// Takes in 64 bits more.
    mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        value = product.high ^ product.low &+ 0x632b_e59b_d9b4_e019
    }
}
