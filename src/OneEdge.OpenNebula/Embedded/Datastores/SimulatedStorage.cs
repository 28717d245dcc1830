using System.Diagnostics.CodeAnalysis;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// What the drivers of storage say. The driver <c>dummy</c> says what it says in OpenNebula 6.10 (src/datastore_mad/remotes/dummy, src/tm_mad/dummy); for
/// the others there are disks of one size, and the files of the options.
/// </summary>
internal static class SimulatedStorage
{
    public const string Dummy = "dummy";
    private const string DummyPath = "dummy_path";
    private const string DummyFormat = "dummy_format";
    private const long DummySize = 1024;
    private const long Capacity = 102_400;
    private const long Megabyte = 1024 * 1024;

    /// <summary>What the driver says of each backup (OpenNebula 6.10 source, src/vmm_mad/dummy); the size is in MiB.</summary>
    public const string BackupSource = "dummy-backup-id";
    public const long BackupSize = 1024;

    public static void MeasureSystem(CloudDatastore datastore)
    {
        if (datastore.TransferDriver == Dummy) datastore.SetCapacity(4_796_800, 3_333_260, 1_429_920);
        else datastore.SetCapacity(Capacity, Capacity, 0);
    }

    public static void MeasureImages(CloudDatastore datastore, long used)
    {
        if (datastore.ImageDriver == Dummy) datastore.SetCapacity(20_480, 20_480, 9_720);
        else datastore.SetCapacity(Capacity, Sizes.Left(Capacity, used), used);
    }

    /// <summary>The size of a file in MiB.</summary>
    /// <returns><see langword="false"/> and the words of the driver, when there is none.</returns>
    public static bool TryStat(CloudState state, CloudDatastore datastore, string path, out long size, [NotNullWhen(false)] out string? problem)
    {
        (size, problem) = (DummySize, null);
        if (datastore.ImageDriver == Dummy) return true;
        if (!state.Options.Files.TryGetValue(path, out long bytes))
        {
            problem = $"cannot access '{path}' (No such file or directory)";
            return false;
        }

        size = Math.Max(1, (bytes + Megabyte - 1) / Megabyte);
        return true;
    }

    /// <summary>Where a new image lies.</summary>
    public static string NewSource(CloudState state, CloudDatastore datastore) =>
        datastore.ImageDriver == Dummy ? DummyPath : $"{datastore.BasePath}/{state.NewToken()[..32]}";

    /// <summary>The format of a copied file.</summary>
    public static string FormatOf(CloudDatastore datastore, string path)
    {
        if (datastore.ImageDriver == Dummy) return DummyFormat;
        return path.EndsWith(".qcow2", StringComparison.OrdinalIgnoreCase) ? "qcow2" : "raw";
    }
}
