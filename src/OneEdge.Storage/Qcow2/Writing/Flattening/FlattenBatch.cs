namespace OneEdge.Storage;

/// <summary>Some clusters of the guest on their way to a new image.</summary>
internal sealed class FlattenBatch(int capacity, Qcow2CreateOptions options, bool compresses)
{
    private readonly byte[] _data = GC.AllocateUninitializedArray<byte>(capacity << options.ClusterBits);
    private readonly byte[] _packed = compresses ? GC.AllocateUninitializedArray<byte>(capacity << options.ClusterBits) : [];
    private readonly long[] _offsets = new long[capacity];
    private readonly long[] _hosts = new long[capacity];
    private readonly int[] _packedLengths = new int[capacity];
    private readonly bool[] _isZero = new bool[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    public void Clear() => Count = 0;

    public void Add(long offset) => _offsets[Count++] = offset;

    public long Offset(int slot) => _offsets[slot];

    public bool IsZero(int slot) => _isZero[slot];

    /// <summary>How many bytes a cluster has compressed; 0 when it is not compressed.</summary>
    public int PackedLength(int slot) => _packedLengths[slot];

    public void Place(int slot, long host) => _hosts[slot] = host;

    /// <summary>Reads clusters from a slot on, and compresses what is not zero.</summary>
    public void Read(int first, int count, long guestEnd, GuestReader reader, ClusterEncoder? encoder)
    {
        int end = Math.Min(Count, first + count), size = options.ClusterSize;
        for (int slot = first; slot < end;)
        {
            int run = 1;
            while (slot + run < end && _offsets[slot + run] == _offsets[slot] + ((long)run << options.ClusterBits)) run++;
            Span<byte> bytes = _data.AsSpan(slot << options.ClusterBits, run << options.ClusterBits);
            // The last cluster may be cut off by the end of the guest.
            int inGuest = (int)Math.Min(bytes.Length, guestEnd - _offsets[slot]);
            reader.Read(_offsets[slot], bytes[..inGuest]);
            bytes[inGuest..].Clear();
            slot += run;
        }

        for (int slot = first; slot < end; slot++)
        {
            ReadOnlySpan<byte> cluster = _data.AsSpan(slot << options.ClusterBits, size);
            _isZero[slot] = ZeroRuns.IsZero(cluster);
            _packedLengths[slot] = _isZero[slot] || encoder is null ? 0 : encoder.Encode(cluster, _packed.AsSpan(slot << options.ClusterBits, size));
        }
    }

    /// <summary>Writes clusters from a slot on to their places.</summary>
    /// <returns>How many bytes were written.</returns>
    public long Write(int first, int count, StagedFile file)
    {
        int end = Math.Min(Count, first + count);
        long written = 0;
        for (int slot = first; slot < end;)
        {
            int run = 1;
            if (_packedLengths[slot] > 0)
            {
                file.Write(_hosts[slot], _packed.AsSpan(slot << options.ClusterBits, _packedLengths[slot]));
                written += _packedLengths[slot];
            }
            else if (!_isZero[slot])
            {
                while (slot + run < end && IsPlain(slot + run) && _hosts[slot + run] == _hosts[slot] + ((long)run << options.ClusterBits)) run++;
                written += file.WriteData(_hosts[slot], _data.AsSpan(slot << options.ClusterBits, run << options.ClusterBits));
            }

            slot += run;
        }

        return written;
    }

    private bool IsPlain(int slot) => !_isZero[slot] && _packedLengths[slot] == 0;
}
