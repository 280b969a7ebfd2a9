import CZlib

/// Bytes in the gzip format (RFC 1952).
///
/// Decision, 2026-11-21. Context: style sheet and script are half of a page's weight on a slow phone. Choice: compressed once, when
/// the host starts, by zlib; pages are not, because what they hold and what somebody sends in could be told from their size
/// (BREACH). Cost: one more library of the system, which libpng brings anyway.
public enum Gzip {
    /// Nil when there is no memory for it.
    public static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        // 31: the largest window, and gzip's head and tail.
        guard
            unsafe deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: unsafe Int(deflateBound(&stream, uLong(bytes.count))))
        let isDone = unsafe input.withUnsafeMutableBufferPointer { from in
            unsafe output.withUnsafeMutableBufferPointer { to in
                unsafe (stream.next_in, stream.avail_in) = (from.baseAddress, uInt(from.count))
                unsafe (stream.next_out, stream.avail_out) = (to.baseAddress, uInt(to.count))
                return unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
        }
        return isDone ? unsafe Array(output.prefix(Int(stream.total_out))) : nil
    }
}
