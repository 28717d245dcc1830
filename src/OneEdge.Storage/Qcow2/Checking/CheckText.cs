using System.Globalization;

namespace OneEdge.Storage;

/// <summary>Findings of a check in words. Made when asked for: a damaged image has many findings, of which few are read.</summary>
internal static class CheckText
{
    public static Qcow2CheckEffect EffectOf(Qcow2CheckFindingKind kind) => kind switch
    {
        Qcow2CheckFindingKind.LeakedCluster or Qcow2CheckFindingKind.RefcountTooLarge => Qcow2CheckEffect.Leak,
        Qcow2CheckFindingKind.RefcountUnreadable or Qcow2CheckFindingKind.BitmapTableSize or Qcow2CheckFindingKind.BitmapTableEntry or Qcow2CheckFindingKind.TooManyClusters
            or Qcow2CheckFindingKind.TableOutOfReach or Qcow2CheckFindingKind.ReadFailed => Qcow2CheckEffect.CheckError,
        _ => Qcow2CheckEffect.Corruption,
    };

    public static string Of(Qcow2CheckFinding finding)
    {
        string text = What(finding);
        if (finding.GuestOffset is { } guest) text += string.Create(CultureInfo.InvariantCulture, $" (guest offset 0x{guest:x})");
        return finding.FileOffset is { } at ? string.Create(CultureInfo.InvariantCulture, $"0x{at:x}: {text}.") : text + ".";
    }

    private static string What(Qcow2CheckFinding finding) => finding.Kind switch
    {
        Qcow2CheckFindingKind.LeakedCluster => Text($"{Clusters(finding)} leaked: refcount {finding.Refcount}, but nothing refers to it"),
        Qcow2CheckFindingKind.RefcountTooLarge => Text($"{Clusters(finding)}: the refcount is {finding.Refcount}, too large for {Times(finding.References)}"),
        Qcow2CheckFindingKind.RefcountTooSmall => Text($"{Clusters(finding)}: the refcount is {finding.Refcount}, too small for {Times(finding.References)}"),
        Qcow2CheckFindingKind.MetadataOverlap => Text(
            $"{Clusters(finding)}: the refcount is {finding.Refcount}, too small for {Times(finding.References)}; {finding.Name} overlaps with something else"),
        Qcow2CheckFindingKind.RefcountOverflow => Text($"the cluster at 0x{finding.Value:x} has more references than a refcount can tell, by {finding.Count}"),
        Qcow2CheckFindingKind.RefcountUnreadable => Text($"refcounts of {finding.Count} clusters cannot be read: their block at 0x{finding.Value:x} is out of place"),
        Qcow2CheckFindingKind.RefcountTableReservedBits => Text($"the refcount table entry 0x{finding.Value:x} has reserved bits"),
        Qcow2CheckFindingKind.RefcountBlockUnaligned => Text($"the refcount block at 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Qcow2CheckFindingKind.RefcountBlockPastEnd => Text($"the refcount block at 0x{finding.Value:x} lies behind the end of the file"),
        Qcow2CheckFindingKind.RefcountBlockShared => Text($"the refcount block at 0x{finding.Value:x} has {Times(finding.References)}, not one"),
        Qcow2CheckFindingKind.ReferencePastEnd => Text($"{finding.Name} at 0x{finding.Value:x} lies behind the end of the file"),
        _ => OfTable(finding),
    };

    private static string OfTable(Qcow2CheckFinding finding) => finding.Kind switch
    {
        Qcow2CheckFindingKind.L1ReservedBits => Text($"the L1 entry 0x{finding.Value:x} has reserved bits"),
        Qcow2CheckFindingKind.L1CopiedFlag => Text($"the L1 entry 0x{finding.Value:x} has the wrong COPIED flag for an L2 table with refcount {finding.Refcount}"),
        Qcow2CheckFindingKind.L2TableUnaligned => Text($"the L2 table of the L1 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Qcow2CheckFindingKind.L2ReservedBits => Text($"the L2 entry 0x{finding.Value:x} has reserved bits"),
        Qcow2CheckFindingKind.L2CopiedFlag => Text($"the L2 entry 0x{finding.Value:x} has the wrong COPIED flag for a cluster with refcount {finding.Refcount}"),
        Qcow2CheckFindingKind.DataClusterUnaligned => Text($"the cluster of the L2 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Qcow2CheckFindingKind.ZeroClusterUnaligned => Text($"the preallocated cluster of the L2 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Qcow2CheckFindingKind.CompressedCopiedFlag => Text($"the L2 entry 0x{finding.Value:x} of a compressed cluster has the COPIED flag"),
        Qcow2CheckFindingKind.CompressedWithDataFile => Text($"the L2 entry 0x{finding.Value:x} is of a compressed cluster, which an external data file cannot hold"),
        Qcow2CheckFindingKind.CompressedSubclusters => Text($"the L2 entry 0x{finding.Value:x} of a compressed cluster has a bitmap of subclusters"),
        Qcow2CheckFindingKind.SubclusterBitmap => Text($"the bitmap 0x{finding.Value:x} says of subclusters that they hold data and read as zeroes"),
        Qcow2CheckFindingKind.SubclustersWithoutCluster => Text($"the bitmap 0x{finding.Value:x} says of subclusters that they hold data, but the cluster has no place in the file"),
        _ => OfImage(finding),
    };

    private static string OfImage(Qcow2CheckFinding finding) => finding.Kind switch
    {
        Qcow2CheckFindingKind.SnapshotIncomplete => Text($"the entry of snapshot '{finding.Name}' has {finding.Value} bytes of additional data; version 3 needs 16"),
        Qcow2CheckFindingKind.SnapshotL1Unaligned => Text($"the L1 table of snapshot '{finding.Name}' at 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Qcow2CheckFindingKind.SnapshotL1TooLarge => Text($"the L1 table of snapshot '{finding.Name}' has {finding.Value} entries; at most {HeaderFields.MaxL1Bytes / 8} are allowed"),
        Qcow2CheckFindingKind.SnapshotsWithDataFile => Text($"there are {finding.Value} snapshots in an image with an external data file"),
        Qcow2CheckFindingKind.BitmapTableSize => Text($"the table of bitmap '{finding.Name}' has {finding.Value} entries, which the virtual size and the granularity contradict"),
        Qcow2CheckFindingKind.BitmapTableEntry => Text($"the bitmap table entry 0x{finding.Value:x} has reserved bits or a wrong offset"),
        Qcow2CheckFindingKind.TooManyClusters => Text($"the file has {finding.Value} clusters; at most {int.MaxValue} can be checked"),
        Qcow2CheckFindingKind.TableOutOfReach => Text($"{finding.Name} at 0x{finding.Value:x} lies where no file has anything"),
        _ => Text($"the file cannot be read: {finding.Name}"),
    };

    private static string Clusters(Qcow2CheckFinding finding) => finding.Count == 1 ? "cluster" : Text($"{finding.Count} clusters from here on");

    private static string Times(ulong? references) => references == 1 ? "1 reference" : Text($"{references} references");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
