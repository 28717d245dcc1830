using System.IO.Compression;
using System.Text.Json;

namespace OneEdge.Storage.Tests;

/// <summary>One recorded image with what qemu-img says of it. Files are unpacked without holes, as they were when it was asked.</summary>
public sealed class ImageCase
{
    private const string Area = "storage";
    private const string Absolute = "absolute-files";

    private ImageCase(JsonElement json) => Json = json;

    /// <summary>The whole record.</summary>
    public JsonElement Json { get; }

    public string Id => Json.GetProperty("id").GetString()!;

    public string Category => Json.GetProperty("category").GetString()!;

    public string Main => Json.GetProperty("main").GetString()!;

    /// <summary>What refers to the case in the name of a test.</summary>
    public override string ToString() => Id;

    public static IEnumerable<ImageCase> Good() => ConformanceData.Cases(Area, "good.jsonl").Select(json => new ImageCase(json));

    public static IEnumerable<ImageCase> Hostile() => ConformanceData.Cases(Area, "hostile.jsonl").Select(json => new ImageCase(json));

    /// <summary>Unpacks the files into a new directory.</summary>
    /// <returns>The directory; deleted with the case's files when disposed of.</returns>
    public TemporaryDirectory Unpack()
    {
        var directory = new TemporaryDirectory();
        foreach (JsonElement file in Json.GetProperty("files").EnumerateArray()) Unpack(
            file, Path.Combine(directory.Path, file.GetProperty("path").GetString()!));
        if (!Json.TryGetProperty("absolute_files", out JsonElement absolute)) return directory;
        foreach (JsonElement file in absolute.EnumerateArray()) Unpack(file, Path.Combine(directory.Path, Absolute, file.GetProperty("path").GetString()!));
        return directory;
    }

    /// <summary>
    /// How the image is opened: names are relative to the unpacked files, formats are guessed as qemu does, absolute names of the recording lead to where the
    /// files were unpacked.
    /// </summary>
    public Qcow2OpenOptions Options(TemporaryDirectory directory)
    {
        string? root = Json.TryGetProperty("absolute_root", out JsonElement named) ? named.GetString() : null;
        return new Qcow2OpenOptions
        {
            WorkingDirectory = directory.Path,
            ProbesFormats = true,
            MapPath = root is null ? null : path =>
                path.StartsWith(root + "/", StringComparison.Ordinal) ? Path.Combine(directory.Path, Absolute, path[(root.Length + 1)..]) : path,
        };
    }

    private static void Unpack(JsonElement file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (file.TryGetProperty("symlink", out JsonElement link))
        {
            File.CreateSymbolicLink(target, link.GetString()!);
            return;
        }

        using FileStream packed = File.OpenRead(Path.Combine(ConformanceData.Area(Area), file.GetProperty("gz").GetString()!));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using FileStream stream = File.Create(target);
        unpacked.CopyTo(stream);
    }
}
