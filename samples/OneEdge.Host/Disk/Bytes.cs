using System.Globalization;

namespace OneEdge.Host.Disk;

/// <summary>Sizes for people.</summary>
internal static class Bytes
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A size with three digits at least, in the largest unit that keeps it above one.</summary>
    public static string Text(long bytes)
    {
        if (bytes < 1024) return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        double value = bytes;
        int unit = -1;
        while (value >= 1024)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {Units[unit]}");
    }
}
