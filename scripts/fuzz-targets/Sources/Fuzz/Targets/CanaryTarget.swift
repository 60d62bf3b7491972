/// A planted fault: a fuzzer that does not find it is blind.
enum CanaryTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard input.count > 3, input[0] == 0x6b, input[1] == 0x6f else { return }
        expect(input[2] != 0x6e || input[3] != 0x74, "the planted fault")
    }
}
