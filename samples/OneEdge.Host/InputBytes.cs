using System.Globalization;
using OneEdge.Text;

namespace OneEdge.Host;

/// <summary>Reads what a user names, up to a limit, whatever it is: a file, a pipe, a process substitution of the shell.</summary>
internal static class InputBytes
{
    public static async Task<byte[]> ReadFileAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory.");
        await using FileStream file = File.OpenRead(path);
        if (!file.CanSeek) return await Task.Run(() => Read(file, path, maxBytes), cancellationToken).WaitAsync(cancellationToken);
        return Read(file, path, maxBytes);
    }

    public static string ReadText(Stream stream, string name, int maxBytes) => SourceEncoding.GetString(Read(stream, name, maxBytes));

    private static byte[] Read(Stream stream, string name, int maxBytes)
    {
        const int block = 64 * 1024;
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, maxBytes) : block);
        byte[] buffer = new byte[block];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if (content.Length + count > maxBytes)
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"'{name}' has more than {maxBytes} bytes."));
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
