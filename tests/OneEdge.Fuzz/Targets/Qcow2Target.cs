using OneEdge.Fuzz.Images;

namespace OneEdge.Fuzz.Targets;

/// <summary>Images: opened, mapped, read and checked from memory. Nothing of an input is random, so that a saved one fails again.</summary>
internal sealed class Qcow2Target : FuzzTarget
{
    public override string Name => "qcow2";

    public override IReadOnlyList<byte[]> Inputs => [ImageSeeds.Smallest];

    public override TimeSpan MaxTime => TimeSpan.FromSeconds(2);

    // Bounds of single operations are laws of their own; this is for all of them together.
    public override long MaxAllocated => 512L << 20;

    public override int MaxInput => 1 << 17;

    public override IEnumerable<byte[]> Vectors() => ImageSeeds.Recorded();

    public override IMutator CreateMutator(IReadOnlyList<byte[]> corpus) => new ImageMutator(corpus);

    public override bool Execute(byte[] input, Chance chance) => SparseImage.IsValid(input) && new ImageTrial(input).Run();

    /// <summary>Fewer sectors, then fewer words that are not zero, then a shorter image.</summary>
    public override byte[] Reduce(byte[] input, Func<byte[], bool> fails)
    {
        for (int i = SparseImage.Count(input) - 1; i >= 0; i--)
            if (SparseImage.Without(input, i) is var fewer && fails(fewer)) input = fewer;
        for (int size = 256; size >= 1; size /= 4)
            for (int i = 0; i < SparseImage.Count(input); i++)
                for (int at = 0; at < SparseImage.SectorSize; at += size) TryClear(ref input, i, at, size, fails);
        for (long cut = 1L << 62; cut > 0; cut /= 2)
        {
            long length = SparseImage.Length(input) - cut;
            if (length >= 0 && SparseImage.WithLength(input, length) is var shorter && fails(shorter)) input = shorter;
        }

        return input;
    }

    /// <summary>The image of an input as a file, when it is not too large.</summary>
    public override byte[]? ToFile(byte[] input)
    {
        if (!SparseImage.IsValid(input) || SparseImage.Length(input) > 64 << 20) return null;
        byte[] image = new byte[SparseImage.Length(input)];
        _ = new SparseSource(input).Read(0, image);
        return image;
    }

    private static void TryClear(ref byte[] input, int sector, int at, int size, Func<byte[], bool> fails)
    {
        if (!SparseImage.Sector(input, sector).Slice(at, size).ContainsAnyExcept((byte)0)) return;
        byte[] cleared = [.. input];
        SparseImage.Sector(cleared, sector).Slice(at, size).Clear();
        if (fails(cleared)) input = cleared;
    }
}
