using System.Buffers.Text;
using System.Globalization;

namespace OneEdge.Text;

/// <summary>
/// Reads a unified diff as GNU patch does, with its leniencies: text around the hunks, lost blanks of empty context, chopped empty last lines.
/// </summary>
internal sealed class UnifiedPatchParser(SourceText diff)
{
    internal const string ErrorCode = "OEK1201";

    private const int MaxChoppedLines = 3;
    private static readonly byte[] EmptyLine = "\n"u8.ToArray();

    private readonly List<ReadOnlyMemory<byte>> _lines = LineTable.Split(diff.Bytes);
    private int _at;
    private int _hunks;
    private bool _dropReturns;
    private bool _creates;

    public List<PatchSection> Sections { get; } = [];

    // Gives what is wrong.
    public Diagnostic? Run()
    {
        PatchSection? section = null;
        while (_at < _lines.Count)
        {
            ReadOnlySpan<byte> line = _lines[_at].Span;
            if (!line.StartsWith("@@ -"u8))
            {
                section = null;
                ReadHeader(line);
                _at++;
                continue;
            }

            if (!TryReadRanges(line, out Ranges ranges)) return Error("not a hunk header; expected @@ -LINE,COUNT +LINE,COUNT @@");
            if (section is null) Sections.Add(section = new PatchSection(_creates && ranges.OldStart == 0, []));
            if (ReadHunk(ranges, section) is { } error) return error;
        }

        return _hunks > 0 ? null : new Diagnostic(ErrorCode, DiagnosticSeverity.Error, "There is no hunk of a unified diff in the text.") { File = diff.Name };
    }

    private readonly record struct Ranges(long OldStart, long OldCount, long NewStart, long NewCount);

    private void ReadHeader(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("--- "u8) && !line.StartsWith("+++ "u8)) return;
        _dropReturns = line.EndsWith("\r\n"u8);
        if (line[0] == '-') _creates = line[4..].TrimEnd("\r\n"u8).SequenceEqual("/dev/null"u8);
    }

    private Diagnostic? ReadHunk(Ranges ranges, PatchSection section)
    {
        int header = ++_at;
        var lines = new List<PatchLine>();
        (long old, long added) = (ranges.OldCount, ranges.NewCount);
        while (old > 0 || added > 0)
        {
            if (_at >= _lines.Count)
            {
                if (old != added || old > MaxChoppedLines) return Error("the diff ends in the middle of a hunk");
                lines.Add(new PatchLine(' ', EmptyLine));
                (old, added) = (old - 1, added - 1);
                continue;
            }

            PatchLine line = ReadLine(_lines[_at]);
            if (line.Mark is ' ' or '-') old--;
            if (line.Mark is ' ' or '+') added--;
            if (line.Mark == '\0') return Error("a line of a hunk begins with a blank, '-' or '+'");
            if (old < 0 || added < 0) return Error("the hunk has more lines than its header says");
            _at++;
            bool isLast = line.Mark is ' ' or '-' && old == 0 || line.Mark is ' ' or '+' && added == 0;
            lines.Add(isLast && SkipNoNewlineMark() ? line with { Text = line.Text[..^1] } : line);
        }

        if (lines.TrueForAll(l => l.Mark == ' ')) return Error("the hunk changes nothing");
        section.Hunks.Add(new PatchHunk(++_hunks, header, ranges.OldStart, lines));
        return null;
    }

    private PatchLine ReadLine(ReadOnlyMemory<byte> line)
    {
        if (line.Span[^1] != '\n') line = (byte[])[.. line.Span, (byte)'\n'];
        if (_dropReturns && line.Span.EndsWith("\r\n"u8)) line = (byte[])[.. line.Span[..^2], (byte)'\n'];
        return line.Span[0] switch
        {
            // Mail programs and editors eat the blank of an empty line of context.
            (byte)'\n' or (byte)'\t' => new PatchLine(' ', line),
            (byte)' ' or (byte)'=' => new PatchLine(' ', line[1..]),
            (byte)'-' => new PatchLine('-', line[1..]),
            (byte)'+' => new PatchLine('+', line[1..]),
            _ => default,
        };
    }

    private bool SkipNoNewlineMark()
    {
        if (_at >= _lines.Count || !_lines[_at].Span.StartsWith("\\ "u8)) return false;
        _at++;
        return true;
    }

    private static bool TryReadRanges(ReadOnlySpan<byte> line, out Ranges ranges)
    {
        ranges = default;
        line = line["@@ -"u8.Length..];
        if (!TryReadRange(ref line, out long oldStart, out long oldCount) || !line.StartsWith(" +"u8)) return false;
        line = line[2..];
        if (!TryReadRange(ref line, out long newStart, out long newCount) || !line.StartsWith(" @"u8)) return false;
        ranges = new Ranges(oldStart, oldCount, newStart, newCount);
        return true;
    }

    private static bool TryReadRange(ref ReadOnlySpan<byte> line, out long start, out long count)
    {
        count = 1;
        if (!TryReadNumber(ref line, out start)) return false;
        if (!line.StartsWith(","u8)) return true;
        line = line[1..];
        return TryReadNumber(ref line, out count);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> line, out long number)
    {
        number = 0;
        if (line.IsEmpty || !char.IsAsciiDigit((char)line[0])) return false;
        if (!Utf8Parser.TryParse(line, out number, out int length) || number > int.MaxValue) return false;
        line = line[length..];
        return true;
    }

    private Diagnostic Error(string problem)
    {
        int line = Math.Min(_at, _lines.Count - 1) + 1;
        return new Diagnostic(
            ErrorCode, DiagnosticSeverity.Error, string.Create(CultureInfo.InvariantCulture, $"Malformed diff at its line {line}: {problem}."))
        {
            File = diff.Name,
            Position = new LinePosition(line, 1),
        };
    }
}
