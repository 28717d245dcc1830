namespace OneEdge.Fuzz.Images;

/// <summary>Makes images: one of the corpus, changed in a few places that mean something to the format.</summary>
internal sealed class ImageMutator(IReadOnlyList<byte[]> corpus) : IMutator
{
    private const int Sector = SparseImage.SectorSize;
    private const int MaxCheapBits = 12;
    private const int MaxCheapLength = 2 << 20;
    private const int DearOneIn = 64;

    // Offset and width of the fields of the header; those that a reader trusts most are there twice.
    private static readonly (int At, int Width)[] Fields =
    [
        (0, 4), (4, 4), (8, 8), (16, 4), (20, 4), (20, 4), (24, 8), (24, 8), (32, 4), (36, 4), (36, 4), (40, 8), (40, 8), (48, 8), (48, 8), (56, 4), (56, 4),
        (60, 4), (60, 4), (64, 8), (64, 8), (72, 8), (72, 8), (80, 8), (88, 8), (88, 8), (96, 4), (100, 4), (104, 1), (105, 8),
    ];

    private static readonly (uint Type, int Length)[] Extensions =
    [
        (0xE2792ACA, 5), (0xE2792ACA, 3), (0x6803f857, 96), (0x23852875, 24), (0x0537be77, 16), (0x44415441, 4), (0x12345678, 9), (0, 0),
    ];

    private readonly ImageDraft _image = new();
    private readonly ImageDraft _other = new();
    private readonly ImageWords _words = new();

    public byte[] Next(Chance chance)
    {
        _image.Load(Choose(chance));
        for (int left = 1 + chance.Below(chance.OneIn(8) ? 16 : 4); left > 0; left--) Mutate(chance);
        return _image.ToInput();
    }

    // What was found last is looked at more closely, and images that are large or have large clusters, which take long, less often.
    private byte[] Choose(Chance chance)
    {
        int newest = Math.Max(corpus.Count / 8, 1);
        for (; ; )
        {
            byte[] input = chance.OneIn(3) ? corpus[corpus.Count - 1 - chance.Below(newest)] : chance.Pick(corpus);
            bool isCheap = SparseImage.Count(input) == 0 || (SparseImage.Sector(input, 0)[23] <= MaxCheapBits && SparseImage.Length(input) <= MaxCheapLength);
            if (isCheap || chance.OneIn(DearOneIn)) return input;
        }
    }

    private void Mutate(Chance chance)
    {
        if (_image.Count == 0) _image.Write(0, 4, 0x514649FB);
        switch (chance.Below(20))
        {
            case 0 or 1 or 2: Field(chance); break;
            case 3 or 4 or 5 or 6 or 7: Word(chance); break;
            case 8 or 9: Small(chance); break;
            case 10: Byte(chance); break;
            case 11: Extension(chance); break;
            case 12: CopySector(_image, chance); break;
            case 13: Length(chance); break;
            case 14: Splice(chance); break;
            case 15: Row(chance); break;
            case 16: NewTable(chance); break;
            case 17: ClusterSize(chance); break;
            case 18: Subclusters(chance); break;
            default: Remove(chance); break;
        }
    }

    private void Field(Chance chance)
    {
        (int at, int width) = chance.Pick(Fields);
        ulong value = _image.Read(at, width);
        value = at switch
        {
            4 => (ulong)(2 + chance.Below(2)),
            32 => (ulong)chance.Below(4),
            72 or 80 or 88 => value ^ (1UL << chance.Below(chance.OneIn(8) ? 64 : 6)),
            96 => (ulong)chance.Below(8),
            104 => (ulong)chance.Below(3),
            _ when width == 8 => _words.Value(_image, value, chance),
            _ => ImageWords.Number(value, chance),
        };
        _image.Write(at, width, value);
    }

    // An entry of an L1, L2 or refcount table, of a snapshot or a bitmap.
    private void Word(Chance chance)
    {
        long at = Place(chance, chance.OneIn(8) ? 4 : 8);
        _image.Write(at, 8, _words.Value(_image, _image.Read(at, 8), chance));
    }

    private void Small(Chance chance)
    {
        int width = 1 << chance.Below(3);
        long at = Place(chance, width);
        _image.Write(at, width, ImageWords.Number(_image.Read(at, width), chance));
    }

    private void Byte(Chance chance)
    {
        Span<byte> sector = _image.Sector(chance.Below(_image.Count));
        if (chance.OneIn(2)) sector[chance.Below(Sector)] ^= (byte)(1 << chance.Below(8));
        else sector[chance.Below(Sector)] = (byte)chance.Below(256);
    }

    // A word of a sector: mostly one that is not zero, or the one behind it.
    private long Place(Chance chance, int width)
    {
        int index = chance.Below(_image.Count), at = chance.Below(Sector / width) * width;
        if (chance.OneIn(4)) return _image.Offset(index) + at;
        Span<byte> sector = _image.Sector(index);
        int step = sector[at..].IndexOfAnyExcept((byte)0);
        if (step < 0) step = sector.IndexOfAnyExcept((byte)0) - at;
        at = (at + step) / width * width;
        return _image.Offset(index) + at + (chance.OneIn(4) ? width : 0);
    }

    private void Extension(Chance chance)
    {
        long at = _image.Read(4, 4) == 2 ? 72 : (long)_image.Read(100, 4);
        for (int skip = chance.Below(4); skip > 0 && _image.Read(at, 4) != 0; skip--) at += 8 + (long)((_image.Read(at + 4, 4) + 7) & 0xFFF8);
        (uint type, int length) = chance.Pick(Extensions);
        if (chance.OneIn(3)) length = chance.Below(40);
        if (!chance.OneIn(3)) _image.Write(at, 4, type);
        _image.Write(at + 4, 4, (ulong)length);
        if (chance.OneIn(2)) return;
        for (int i = 0; i < Math.Min(length, 32); i += 8) _image.Write(at + 8 + i, Math.Min(8, length - i), _words.Value(_image, 1, chance));
    }

    private void CopySector(ImageDraft from, Chance chance)
    {
        if (from.Count == 0) return;
        Span<byte> sector = from.Sector(chance.Below(from.Count));
        _image.Write(Target(chance), sector[..(chance.OneIn(3) ? 8 * (1 + chance.Below(64)) : Sector)]);
    }

    private void Splice(Chance chance)
    {
        _other.Load(chance.Pick(corpus));
        if (_other.Count == 0) return;
        if (chance.OneIn(2)) CopySector(_other, chance);
        else
        {
            // What the other image has from a place on.
            for (int i = chance.Below(_other.Count), left = 1 + chance.Below(8); i < _other.Count && left > 0; i++, left--)
                _image.Write(_other.Offset(i), _other.Sector(i));
        }
    }

    // Where a sector goes: over another one, behind the end, or to the beginning of a cluster near one.
    private long Target(Chance chance)
    {
        long cluster = _words.ClusterSize(_image), at = _image.Offset(chance.Below(_image.Count));
        return chance.Below(3) switch
        {
            0 => at,
            1 => AtEnd(cluster),
            _ => (Math.Min(at, 1L << 40) / cluster * cluster) + (chance.Below(5) * cluster),
        };
    }

    private long AtEnd(long cluster)
    {
        long at = (Math.Min(_image.Length, 1L << 40) + cluster - 1) / cluster * cluster;
        _image.Length = at + cluster;
        return at;
    }

    private void Length(Chance chance)
    {
        long cluster = _words.ClusterSize(_image), at = _image.Offset(chance.Below(_image.Count));
        _image.Length = Math.Max(0, chance.Below(8) switch
        {
            0 => at,
            1 => at + Sector,
            2 => at + chance.Below(Sector),
            3 => Math.Min(_image.Length, 1L << 40) / cluster * cluster,
            4 => Math.Min(_image.Length, 1L << 40) + cluster,
            5 => _image.Length - cluster,
            6 => chance.Below(1 << 20),
            _ => chance.OneIn(8) ? 1L << (20 + chance.Below(42)) : _image.Length - chance.Below(Sector),
        });
    }

    // A table that goes on as it begins: the same entry, or the next cluster each time.
    private void Row(Chance chance)
    {
        long at = Place(chance, 8), step = chance.OneIn(2) ? _words.ClusterSize(_image) : 0;
        ulong entry = _image.Read(at, 8);
        for (int left = 1 + chance.Below(chance.OneIn(8) ? 256 : 16); left > 0; left--) _image.Write(at += 8, 8, entry += (ulong)step);
    }

    // A new cluster, with a few entries, to which an entry points.
    private void NewTable(Chance chance)
    {
        long at = AtEnd(_words.ClusterSize(_image));
        for (int left = 1 + chance.Below(4); left > 0; left--) _image.Write(at + (chance.Below(16) * 8), 8, _words.Value(_image, 1, chance));
        long from = Place(chance, 8);
        _image.Write(from, 8, (ulong)at | (_image.Read(from, 8) & 0xFF00_0000_0000_01FF));
    }

    // Other clusters, and a size for which the L1 table is long enough.
    private void ClusterSize(Chance chance)
    {
        int bits = chance.OneIn(16) ? 9 + chance.Below(13) : 9 + chance.Below(4);
        ulong l1Size = _image.Read(36, 4);
        if (l1Size == 0 || chance.OneIn(4)) _image.Write(36, 4, l1Size = (ulong)(1 + chance.Below(64)));
        ulong covered = Math.Min(l1Size, 1 << 16) << ((2 * bits) - 3);
        _image.Write(20, 4, (ulong)bits);
        _image.Write(24, 8, Math.Min(_image.Read(24, 8), covered) - (chance.OneIn(2) ? 0UL : (ulong)chance.Below(1024)));
    }

    private void Subclusters(Chance chance)
    {
        long at = Place(chance, 8) | 8;
        uint low = chance.OneIn(2) ? uint.MaxValue : (uint)(_words.Bits(chance)), high = chance.OneIn(2) ? 0 : ~low & (uint)_words.Bits(chance);
        _image.Write(at, 8, ((ulong)high << 32) | low);
        if (chance.OneIn(4)) _image.Write(72, 8, _image.Read(72, 8) | 16);
    }

    private void Remove(Chance chance)
    {
        int index = chance.Below(_image.Count);
        if (chance.OneIn(2) && _image.Offset(index) > 0) _image.Remove(index);
        else if (Place(chance, 8) is var at) _image.Write(at, 8, 0);
    }
}
