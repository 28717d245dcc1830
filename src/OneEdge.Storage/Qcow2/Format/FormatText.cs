using System.Text;

namespace OneEdge.Storage;

/// <summary>Names in the metadata of images: bytes, cut at the first NUL, UTF-8 in practice.</summary>
internal static class FormatText
{
    public static string CString(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
