using System.Text;

namespace OneEdge.Config.Formats;

/// <summary>Numbers names, so that each is decoded once however often it occurs. Case does not matter: names are upper-cased.</summary>
internal sealed class OnedNameTable
{
    private readonly List<string> _names = [];
    private readonly List<uint> _hashes = [];
    private int[] _slots = new int[256];

    public OnedNameTable() => NumberOf("NAME"u8);

    /// <summary>The number of <see cref="OnedSchema.Key"/>.</summary>
    public const int Key = 0;

    public IReadOnlyList<string> Names => _names;

    public int NumberOf(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name) hash = (hash ^ Upper(b)) * 16777619;
        hash ^= hash >> 15;
        int slot = (int)hash & (_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            int number = _slots[slot] - 1;
            if (_hashes[number] == hash && Ascii.EqualsIgnoreCase(name, _names[number])) return number;
        }

        _slots[slot] = _names.Count + 1;
        _names.Add(string.Create(name.Length, name, static (text, bytes) => Ascii.ToUpper(bytes, text, out _)));
        _hashes.Add(hash);
        if (_names.Count * 2 > _slots.Length) Grow();
        return _names.Count - 1;
    }

    private static uint Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? b - 32u : b;

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int number = 0; number < _hashes.Count; number++)
        {
            int slot = (int)_hashes[number] & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = number + 1;
        }
    }
}
