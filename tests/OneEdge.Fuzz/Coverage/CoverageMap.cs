using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SharpFuzz.Common;

namespace OneEdge.Fuzz.Coverage;

/// <summary>
/// Which edges between the branches of instrumented code an execution took, and about how often: the map of AFL. The source of its layout and of the classes
/// of counts is the technical description of AFL.
/// </summary>
internal sealed unsafe class CoverageMap : IDisposable
{
    private const int Size = 1 << 16;
    private static readonly byte[] Classes = CreateClasses();

    private readonly byte* _counts = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Begins to note branches.</summary>
    public CoverageMap() => Start();

    /// <summary>How many edges were taken so far.</summary>
    public int Edges { get; private set; }

    /// <summary>How many classes of counts of edges were seen so far.</summary>
    public int Features { get; private set; }

    /// <summary>Begins an execution.</summary>
    public void Start()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.SharedMem = _counts;
        Trace.PrevLocation = 0;
    }

    /// <summary>Ends an execution.</summary>
    /// <returns>Whether it took an edge that none took before, or one more often than any.</returns>
    public bool Finish()
    {
        bool isNew = false;
        for (int start = 0; start < Size; start += Vector256<byte>.Count)
            if (Vector256.Load(_counts + start) != Vector256<byte>.Zero) isNew |= Merge(start);
        return isNew;
    }

    public void Dispose() => NativeMemory.Free(_counts);

    private bool Merge(int start)
    {
        bool isNew = false;
        uint taken = ~Vector256.Equals(Vector256.Load(_counts + start), Vector256<byte>.Zero).ExtractMostSignificantBits();
        for (; taken != 0; taken &= taken - 1)
        {
            int edge = start + BitOperations.TrailingZeroCount(taken);
            int classes = Classes[_counts[edge]] & ~_seen[edge];
            if (classes == 0) continue;
            if (_seen[edge] == 0) Edges++;
            Features++;
            _seen[edge] |= (byte)classes;
            isNew = true;
        }

        return isNew;
    }

    // 1, 2, 3, up to 7, 15, 31, 127 and more.
    private static byte[] CreateClasses()
    {
        byte[] classes = new byte[256];
        for (int count = 1; count < 256; count++)
            classes[count] = (byte)(count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 });
        return classes;
    }
}
