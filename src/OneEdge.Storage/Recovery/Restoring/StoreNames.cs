using System.Globalization;

namespace OneEdge.Storage.Recovery;

/// <summary>The names in a store of which something is made; all others, and all links, are left alone.</summary>
internal static class StoreNames
{
    private const string DiskPrefix = "disk.";
    private const string SnapSuffix = ".snap";

    /// <summary>Real directories whose name is a number.</summary>
    public static IReadOnlyList<int> Numbers(string directory) => [.. Directories(directory).Select(NumberOf).OfType<int>().Order()];

    /// <summary>The disks of a machine that have a directory of snapshots or generations.</summary>
    public static IReadOnlyList<int> Disks(string vmDirectory)
    {
        IEnumerable<string> snaps = Directories(vmDirectory).Where(name => name.EndsWith(SnapSuffix,
            StringComparison.Ordinal)).Select(name => name[..^SnapSuffix.Length]);
        return [.. snaps.Concat(Directories(vmDirectory + "/.oneedge")).Where(name => name.StartsWith(DiskPrefix, StringComparison.Ordinal))
            .Select(name => NumberOf(name[DiskPrefix.Length..])).OfType<int>().Distinct().Order()];
    }

    /// <summary>The machine and disk of a directory below the store; <see langword="null"/> for any other name.</summary>
    /// <param name="path"><c>7/disk.0.snap</c> or <c>7/.oneedge/disk.0</c>.</param>
    public static (int Vm, int Disk)? PlaceOf(string path)
    {
        string[] parts = path.Split('/');
        string? name = parts.Length == 2 && parts[1].EndsWith(SnapSuffix, StringComparison.Ordinal) ? parts[1][..^SnapSuffix.Length]
            : parts is [_, ".oneedge", { } own] ? own : null;
        if (name?.StartsWith(DiskPrefix, StringComparison.Ordinal) != true) return null;
        return NumberOf(parts[0]) is { } vm && NumberOf(name[DiskPrefix.Length..]) is { } disk ? (vm, disk) : null;
    }

    /// <summary>The generations of a disk, the newest first.</summary>
    public static IReadOnlyList<long> Generations(string directory) => [.. Directories(directory).Select(GenerationOf).OfType<long>().OrderDescending()];

    public static bool IsRealDirectory(string directory) => new DirectoryInfo(directory) is { Exists: true, LinkTarget: null };

    /// <summary>Whether two names are those of one file.</summary>
    public static bool IsSameFile(string one, string other)
    {
        try
        {
            using FileBlockSource a = FileBlockSource.Open(one, one, takesLock: false), b = FileBlockSource.Open(other, other, takesLock: false);
            return a.Identity is { } identity && identity == b.Identity;
        }
        catch (Qcow2Exception)
        {
            return false;
        }
    }

    /// <summary>How many bytes base and overlay take.</summary>
    public static long SizeOf(DiskFiles files) => SizeOf(files.Base) + SizeOf(files.Overlay);

    /// <summary>How many bytes a file takes; 0 for one that cannot be opened.</summary>
    public static long SizeOf(string file)
    {
        try
        {
            using FileBlockSource source = FileBlockSource.Open(file, file, takesLock: false);
            return source.AllocatedBytes;
        }
        catch (Qcow2Exception)
        {
            return 0;
        }
    }

    private static IEnumerable<string> Directories(string directory) =>
        IsRealDirectory(directory) ? new DirectoryInfo(directory).EnumerateDirectories().Where(item => item.LinkTarget is null).Select(item => item.Name) : [];

    private static int? NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number.ToString(CultureInfo.InvariantCulture) == name
            ? number : null;

    /// <summary>The number of a generation; <see langword="null"/> for any other name.</summary>
    public static long? GenerationOf(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            && number.ToString(CultureInfo.InvariantCulture) == name ? number : null;
}
