using System.Buffers;
using System.Globalization;

namespace OneEdge.Text;

/// <summary>One section of a patch being applied to a text.</summary>
internal sealed class PatchRun
{
    private const int MaxFuzz = 2;

    private readonly SourceText _text;
    private readonly PatchSection _section;
    private readonly List<UnifiedPatchPlace> _places;
    private readonly LineTable _table = new();
    private readonly TextLines _input;
    private readonly HunkFinder _finder;
    private readonly ArrayBufferWriter<byte> _output = new();
    private bool _lineIsOpen;

    // Input lines up to here are written or removed; later hunks only see what comes behind.
    private long _done;

    public PatchRun(SourceText text, PatchSection section, List<UnifiedPatchPlace> places)
    {
        _text = text;
        _section = section;
        _places = places;
        _input = _table.Add(text);
        _finder = new HunkFinder(_input.Ids);
    }

    // Gives why the section does not apply.
    public string? Apply()
    {
        foreach (PatchHunk hunk in _section.Hunks)
        {
            if (Place(hunk) is { } reason)
                return string.Create(CultureInfo.InvariantCulture, $"hunk {hunk.Number} (line {hunk.Line} of the diff) does not apply: {reason}");
        }

        CopyTo(_input.Count);
        return null;
    }

    public SourceText ToText() => SourceText.FromBytes(_output.WrittenMemory, _text.Name);

    private string? Place(PatchHunk hunk)
    {
        int[] old = _table.Add(hunk.Old).Ids;
        int mostFuzz = Math.Min(MaxFuzz, Math.Max(hunk.Prefix, hunk.Suffix));
        long where = 0;
        int fuzz = 0;
        while (true)
        {
            where = _finder.Find(hunk, old, fuzz, _done);
            if (where != 0 || fuzz == mostFuzz) break;
            fuzz++;
        }

        if (_finder.IsExhausted) return "searching its place takes too long";
        if (where == 0) return Mismatch(hunk, old);
        if (where == 1 && _section.Creates && _text.Length > 0) return "it creates a file, but there is text already";
        if (!Write(hunk, where)) return "it lies before an earlier hunk";
        _places.Add(new UnifiedPatchPlace((int)where, (int)(where - hunk.First), fuzz));
        return null;
    }

    private string Mismatch(PatchHunk hunk, int[] old)
    {
        int same = 0;
        for (long line = hunk.First; same < old.Length && line >= 1 && line <= _input.Count && _input.Ids[line - 1] == old[same]; line++) same++;
        long first = hunk.First + same;
        return first > _input.Count
            ? string.Create(CultureInfo.InvariantCulture, $"the text ends before line {first}")
            : string.Create(CultureInfo.InvariantCulture, $"line {first} of the text is not what the diff expects, and no place nearby fits");
    }

    private bool Write(PatchHunk hunk, long where)
    {
        long next = where;
        foreach (PatchLine line in hunk.Lines)
        {
            if (line.Mark != ' ' && !CopyTo(next - 1)) return false;
            if (line.Mark == '+') WriteLine(line.Text.Span);
            else next++;
            if (line.Mark == '-') _done++;
        }

        return true;
    }

    private bool CopyTo(long last)
    {
        if (_done > last) return false;
        for (long line = _done + 1; line <= last && line <= _input.Count; line++) WriteLine(_input.Lines[(int)line - 1].Span);
        _done = last;
        return true;
    }

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return;
        if (_lineIsOpen) _output.Write("\n"u8);
        _output.Write(line);
        _lineIsOpen = line[^1] != (byte)'\n';
    }
}
