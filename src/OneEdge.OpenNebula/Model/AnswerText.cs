using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// The bytes of an answer, and the short texts that come again and again in it: names of attributes and of owners. The objects that were read from the
/// answer have it in common. Many threads may use it at once: a slot changes as a whole, and a text that is lost is made again.
/// </summary>
internal sealed class AnswerText(ReadOnlyMemory<byte> bytes)
{
    private const int FirstSlots = 32;
    private const int MostSlots = 512;
    private const int LongestShared = 64;

    private string?[]? _shared;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The string of a text: mostly the same instance for the same text.</summary>
    public string Share(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return "";
        if (text.Length > LongestShared) return Encoding.UTF8.GetString(text);
        string?[] slots = _shared ??= new string?[FirstSlots];
        int slot = (int)(Hash(text) % (uint)slots.Length);
        string? newer = slots[slot];
        if (IsTextOf(newer, text)) return newer;
        string? older = slots[slot ^ 1];
        if (IsTextOf(older, text)) return older;
        string made = Encoding.UTF8.GetString(text);

        // Two that share a slot and a third are a sign of more texts than slots. The larger table starts empty.
        if (newer is not null && older is not null && slots.Length < MostSlots) _shared = new string?[slots.Length * 4];
        if (newer is not null) slots[slot ^ 1] = newer;
        return slots[slot] = made;
    }

    private static bool IsTextOf([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? known, ReadOnlySpan<byte> text) =>
        known is not null && known.Length == text.Length && Ascii.Equals(text, known);

    // FNV-1a; who chooses names that meet in a slot only has them made again.
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        uint hash = 2166136261;
        foreach (byte value in text) hash = (hash ^ value) * 16777619;
        return hash ^ (hash >> 15);
    }
}
