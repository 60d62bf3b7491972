/// The media types of bodies (spec/19 §1).
public enum MediaType {
    /// One compact JWS (RFC 7515 §9.2).
    public static let jose = "application/jose"
    /// One JSON value or JWS a line.
    public static let lines = "application/x-ndjson"
    /// One JSON value.
    public static let json = "application/json"
    /// A checkpoint or a proof.
    public static let text = "text/plain; charset=utf-8"
    /// A tile or a bundle.
    public static let octets = "application/octet-stream"
    /// Server-sent events.
    public static let events = "text/event-stream"
}
