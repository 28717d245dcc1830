namespace OneEdge.Storage;

/// <summary>What a repair did.</summary>
/// <param name="CorruptionsFixed">How many errors were repaired.</param>
/// <param name="LeaksFixed">How many clusters that nobody uses were given back.</param>
/// <param name="CorruptionsLeft">How many errors are left, those of the check itself among them.</param>
/// <param name="LeaksLeft">How many clusters are left that nobody uses.</param>
public sealed record QemuRepairResult(long CorruptionsFixed, long LeaksFixed, long CorruptionsLeft, long LeaksLeft)
{
    /// <summary>Whether nothing is wrong any more.</summary>
    public bool IsClean => CorruptionsLeft == 0 && LeaksLeft == 0;
}
