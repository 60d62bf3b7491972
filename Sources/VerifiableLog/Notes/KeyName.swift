/// The rules for names of note keys, of which an origin is one (C2SP signed-note, spec/06 §1).
enum KeyName {
    /// Whether a name is not empty and has neither Unicode white space, nor `+`, nor control
    /// characters.
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && scalar != "+" && !scalar.properties.isWhitespace
            }
    }
}
