using System.Runtime.Versioning;
using System.Text;
using OneEdge.Files;
using OneEdge.Text;

namespace OneEdge.Host.Tm;

/// <summary>Writes scripts, each in one step, and leaves alone what others wrote.</summary>
[UnsupportedOSPlatform("windows")]
internal static class DriverFiles
{
    private const int MaxBytes = 1 << 20;

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The files among these that somebody else wrote or changed.</summary>
    /// <param name="files">The paths.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<string>> ForeignAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        List<string> foreign = [];
        foreach (string file in files)
        {
            if (await ReadAsync(file, cancellationToken) is { } content && !DriverScripts.IsOurs(content)) foreign.Add(file);
        }

        return foreign;
    }

    /// <summary>Writes a script.</summary>
    /// <param name="file">The path.</param>
    /// <param name="text">The content.</param>
    /// <param name="cancellationToken">Stops before the file is replaced.</param>
    /// <returns>Whether anything changed.</returns>
    public static async Task<bool> WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        bool isLink = new FileInfo(file).LinkTarget is not null;
        if (!isLink && await ReadAsync(file, cancellationToken) == text && File.GetUnixFileMode(file) == Executable) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // A link among the scripts of the original leads to a script that stays as it is.
        if (isLink) File.Delete(file);
        await AtomicFile.ReplaceAsync(file, Encoding.UTF8.GetBytes(text), new AtomicFileOptions { NewFileMode = Executable }, cancellationToken);
        File.SetUnixFileMode(file, Executable);
        return true;
    }

    // Whatever is no small file of text is somebody else's.
    private static async Task<string?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var info = new FileInfo(file);
        if (info.LinkTarget is not null || Directory.Exists(file) || (info.Exists && info.Length > MaxBytes)) return "";
        return info.Exists ? SourceEncoding.GetString(await File.ReadAllBytesAsync(file, cancellationToken)) : null;
    }
}
