using System.Globalization;

namespace OneEdge.Storage.Recovery;

/// <summary>The first bytes of an image on another host, and what is told of the file.</summary>
/// <param name="Identity">Which file it is, for comparing.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="Allocated">How many bytes it takes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Bytes">The first bytes.</param>
internal sealed record ImageHead(string Identity, long Length, long Allocated, DateTimeOffset Modified, byte[] Bytes) : IBlockSource
{
    private const int MaxBytes = 4096;
    private const long MaxLength = 1L << 60;

    /// <summary>Reads what a line says behind the name of the file.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static ImageHead Parse(ReadOnlySpan<string> words)
    {
        if (words.Length is not (4 or 5)) throw new FormatException("A file has too many or too few words.");
        byte[] bytes = words.Length == 5 ? Convert.FromBase64String(words[4]) : [];
        long length = Number(words[1]), blocks = Number(words[2]);
        if (length > MaxLength || blocks > MaxLength / 512 || bytes.Length > MaxBytes) throw new FormatException("A file is too long.");
        return new ImageHead(words[0], length, blocks * 512, Time(words[3]), bytes);
    }

    /// <summary>A moment, in seconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset Time(string seconds)
    {
        long number = long.Parse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (number is < -62135596800 or > 253402300799) throw new FormatException("A time is out of its range.");
        return DateTimeOffset.FromUnixTimeSeconds(number);
    }

    /// <summary>What the header says.</summary>
    /// <param name="file">How messages name the image.</param>
    /// <exception cref="Qcow2Exception">It is no qcow2 image, or a malformed one.</exception>
    /// <exception cref="IOException">More of it would have to be read.</exception>
    public DiskImageInfo Describe(string file)
    {
        if (!HeaderReader.IsQcow2(this)) return new DiskImageInfo { File = file, Format = DiskImageFormat.Raw, VirtualSize = Length, FileSize = Length };
        Qcow2Header header = HeaderReader.Read(this, file);
        return new DiskImageInfo { File = file, Format = DiskImageFormat.Qcow2, VirtualSize = header.VirtualSize, FileSize = Length, Header = header };
    }

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length) return 0;
        int wanted = (int)Math.Min(buffer.Length, Length - offset);
        if (offset + wanted > Bytes.Length) throw new IOException($"Its header is longer than {MaxBytes} bytes.");
        Bytes.AsSpan((int)offset, wanted).CopyTo(buffer);
        return wanted;
    }

    public void Dispose()
    {
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
