import CPNG

extension QRCode {
    /// The code as a picture in shades of grey, `scale` pixels a module; nil when there is no memory for it.
    ///
    /// Decision, 2026-11-21. Context: a poster in Word takes PNG, not SVG. Choice: libpng's simplified interface, three lines of ours
    /// and no checksums by hand. Cost: eight bits a pixel, which compress to some 2 kB.
    public func png(scale: Int) -> [UInt8]? {
        let side = (width + 2 * Self.quiet) * scale
        let pixels = pixels(side: side, scale: scale)
        var image = unsafe png_image()
        unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
        unsafe (image.width, image.height) = (png_uint_32(side), png_uint_32(side))
        var size = png_alloc_size_t(side * side + 4096)
        var bytes = [UInt8](repeating: 0, count: Int(size))
        guard unsafe png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil) != 0 else { return nil }
        return Array(bytes.prefix(Int(size)))
    }

    private func pixels(side: Int, scale: Int) -> [UInt8] {
        var pixels = [UInt8](repeating: 255, count: side * side)
        for (index, dark) in isDark.enumerated() where dark {
            let left = (index % width + Self.quiet) * scale
            let top = (index / width + Self.quiet) * scale
            for y in top..<top + scale {
                for x in left..<left + scale { pixels[y * side + x] = 0 }
            }
        }
        return pixels
    }
}
