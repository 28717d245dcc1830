using System.Globalization;

namespace OneEdge.Host.Tests;

/// <summary>All that a command could have touched below a directory.</summary>
internal static class TreeState
{
    /// <summary>A line for each file, directory and link: kind, length, time of the last change, name.</summary>
    public static string[] Of(string directory) =>
    [
        .. new DirectoryInfo(directory).EnumerateFileSystemInfos(
            "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false })
            .Where(info => !info.FullName.Contains(".snap/disk.0.snap", StringComparison.Ordinal))
            .Select(info => string.Create(
                CultureInfo.InvariantCulture,
                $"{info.LinkTarget ?? info.Attributes.ToString()} {(info as FileInfo)?.Length} {info.LastWriteTimeUtc:O} {info.FullName}"))
            .Order(StringComparer.Ordinal),
    ];
}
