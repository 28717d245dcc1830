using System.Globalization;
using Kind = OneEdge.Storage.Qcow2CheckFindingKind;

namespace OneEdge.Storage;

/// <summary>Findings of a check in words. Made when asked for: a damaged image has many findings, of which few are read.</summary>
internal static class CheckText
{
    public static Qcow2CheckEffect EffectOf(Kind kind) => kind switch
    {
        Kind.LeakedCluster or Kind.RefcountTooLarge => Qcow2CheckEffect.Leak,
        Kind.RefcountUnreadable or Kind.BitmapTableEntry or Kind.TooManyClusters or Kind.TableOutOfReach or Kind.ReadFailed =>
            Qcow2CheckEffect.CheckError,
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
        Kind.LeakedCluster => Text($"{Clusters(finding)} leaked: refcount {finding.Refcount}, but nothing refers to it"),
        Kind.RefcountTooLarge => Text($"{Clusters(finding)}: the refcount is {finding.Refcount}, too large for {Times(finding.References)}"),
        Kind.RefcountTooSmall => Text($"{Clusters(finding)}: the refcount is {finding.Refcount}, too small for {Times(finding.References)}"),
        Kind.MetadataOverlap => Text(
            $"{Clusters(finding)}: the refcount is {finding.Refcount}, too small for {Times(finding.References)}; {finding.Name} overlaps with something else"),
        Kind.RefcountOverflow => Text($"the cluster at 0x{finding.Value:x} has more references than a refcount can tell, by {finding.Count}"),
        Kind.RefcountUnreadable => Text($"refcounts of {finding.Count} clusters cannot be read: their block at 0x{finding.Value:x} is out of place"),
        Kind.RefcountTableReservedBits => Text($"the refcount table entry 0x{finding.Value:x} has reserved bits"),
        Kind.RefcountBlockUnaligned => Text($"the refcount block at 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Kind.RefcountBlockPastEnd => Text($"the refcount block at 0x{finding.Value:x} lies behind the end of the file"),
        Kind.RefcountBlockShared => Text($"the refcount block at 0x{finding.Value:x} has {Times(finding.References)}, not one"),
        Kind.ReferencePastEnd => Text($"{finding.Name} at 0x{finding.Value:x} lies behind the end of the file"),
        _ => OfTable(finding),
    };

    private static string OfTable(Qcow2CheckFinding finding) => finding.Kind switch
    {
        Kind.L1ReservedBits => Text($"the L1 entry 0x{finding.Value:x} has reserved bits"),
        Kind.L1CopiedFlag => Text($"the L1 entry 0x{finding.Value:x} has the wrong COPIED flag for an L2 table with refcount {finding.Refcount}"),
        Kind.L2TableUnaligned => Text($"the L2 table of the L1 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Kind.L2ReservedBits => Text($"the L2 entry 0x{finding.Value:x} has reserved bits"),
        Kind.L2CopiedFlag => Text($"the L2 entry 0x{finding.Value:x} has the wrong COPIED flag for a cluster with refcount {finding.Refcount}"),
        Kind.DataClusterUnaligned => Text($"the cluster of the L2 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Kind.ZeroClusterUnaligned => Text(
            $"the preallocated cluster of the L2 entry 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Kind.CompressedCopiedFlag => Text($"the L2 entry 0x{finding.Value:x} of a compressed cluster has the COPIED flag"),
        Kind.CompressedWithDataFile => Text(
            $"the L2 entry 0x{finding.Value:x} is of a compressed cluster, which an external data file cannot hold"),
        Kind.CompressedSubclusters => Text($"the L2 entry 0x{finding.Value:x} of a compressed cluster has a bitmap of subclusters"),
        Kind.SubclusterBitmap => Text($"the bitmap 0x{finding.Value:x} says of subclusters that they hold data and read as zeroes"),
        Kind.SubclustersWithoutCluster => Text(
            $"the bitmap 0x{finding.Value:x} says of subclusters that they hold data, but the cluster has no place in the file"),
        _ => OfImage(finding),
    };

    private static string OfImage(Qcow2CheckFinding finding) => finding.Kind switch
    {
        Kind.SnapshotIncomplete => Text($"the entry of snapshot '{finding.Name}' has {finding.Value} bytes of additional data; version 3 needs 16"),
        Kind.SnapshotL1Unaligned => Text(
            $"the L1 table of snapshot '{finding.Name}' at 0x{finding.Value:x} does not begin at a multiple of the cluster size"),
        Kind.SnapshotL1TooLarge => Text(
            $"the L1 table of snapshot '{finding.Name}' has {finding.Value} entries; at most {HeaderFields.MaxL1Bytes / 8} are allowed"),
        Kind.SnapshotsWithDataFile => Text($"there are {finding.Value} snapshots in an image with an external data file"),
        Kind.BitmapTableEntry => Text($"the bitmap table entry 0x{finding.Value:x} has reserved bits or a wrong offset"),
        Kind.TooManyClusters => Text($"the file has {finding.Value} clusters; at most {int.MaxValue} can be checked"),
        Kind.TableOutOfReach => Text($"{finding.Name} at 0x{finding.Value:x} lies where no file has anything"),
        _ => Text($"the file cannot be read: {finding.Name}"),
    };

    private static string Clusters(Qcow2CheckFinding finding) => finding.Count == 1 ? "cluster" : Text($"{finding.Count} clusters from here on");

    private static string Times(ulong? references) => references == 1 ? "1 reference" : Text($"{references} references");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
