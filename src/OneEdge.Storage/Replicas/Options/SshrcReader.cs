using System.Text;
using OneEdge.Text;

namespace OneEdge.Storage.Replicas;

/// <summary>Reads a shell file that does nothing but assign words to variables, and refuses any other without running it.</summary>
internal sealed class SshrcReader(string text, string file)
{
    private const int MaxCharacters = 1 << 20;

    private int _at;

    public IReadOnlyList<SshrcAssignment> Read()
    {
        if (text.Length > MaxCharacters) throw Error(0, "the file is longer than 1 MiB");
        List<SshrcAssignment> assignments = [];
        if (text.StartsWith('\uFEFF')) _at = 1;
        while (true)
        {
            SkipBlanks();
            if (_at == text.Length) return assignments;
            if (text[_at] == '#') SkipComment();
            else if (!TrySkipExport()) assignments.Add(ReadAssignment());
        }
    }

    private char Current => _at < text.Length ? text[_at] : '\n';

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r' or '\n' or ';') _at++;
            else if (IsLineContinuation()) _at += 2;
            else return;
        }
    }

    private void SkipComment()
    {
        while (_at < text.Length && text[_at] != '\n') _at++;
    }

    private bool TrySkipExport()
    {
        const string export = "export";
        int end = _at + export.Length;
        if (string.CompareOrdinal(text, _at, export, 0, export.Length) != 0 || end >= text.Length || text[end] is not (' ' or '\t')) return false;
        _at = end;
        return true;
    }

    private SshrcAssignment ReadAssignment()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_') _at++;
        string name = text[start.._at];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || Current != '=') throw Error(
            start, "expected NAME=value; the file may hold nothing but assignments and comments");
        _at++;
        var value = new StringBuilder();
        while (!IsEnd(Current)) ReadPiece(value);
        return new SshrcAssignment(name, value.ToString(), file, PositionOf(start));
    }

    private static bool IsEnd(char c) => c is ' ' or '\t' or '\r' or '\n' or ';';

    private void ReadPiece(StringBuilder value)
    {
        char c = Current;
        switch (c)
        {
            case '\'':
                int end = text.IndexOf('\'', _at + 1);
                if (end < 0) throw Error(_at, "a quote ' that is not closed");
                value.Append(text, _at + 1, end - _at - 1);
                _at = end + 1;
                break;
            case '"':
                ReadDoubleQuoted(value);
                break;
            case '\\':
                if (!IsLineContinuation()) value.Append(_at + 1 < text.Length ? text[_at + 1] : '\\');
                _at = Math.Min(_at + 2, text.Length);
                break;
            case '$' or '`' or '&' or '|' or '<' or '>' or '(' or ')':
                throw Error(_at, $"'{c}' would be expanded or executed; values must be plain words");
            case '~' when value.Length == 0 || value[^1] == ':':
                throw Error(_at, "'~' would be expanded; write the directory");
            default:
                value.Append(c);
                _at++;
                break;
        }
    }

    private void ReadDoubleQuoted(StringBuilder value)
    {
        int start = _at++;
        while (true)
        {
            if (_at >= text.Length) throw Error(start, "a quote \" that is not closed");
            char c = text[_at];
            if (c == '"') break;
            if (c is '$' or '`') throw Error(_at, $"'{c}' would be expanded or executed; values must be plain words");
            if (IsLineContinuation())
            {
                _at += 2;
                continue;
            }

            if (c == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\' or '$' or '`') c = text[++_at];
            value.Append(c);
            _at++;
        }

        _at++;
    }

    private bool IsLineContinuation() => text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] == '\n';

    private StorageException Error(int offset, string problem) => SshrcAssignment.Error(file, PositionOf(offset), problem);

    private LinePosition PositionOf(int offset)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, offset);
        int column = 1;
        foreach (Rune _ in before[(before.LastIndexOf('\n') + 1)..].EnumerateRunes()) column++;
        return new LinePosition(before.Count('\n') + 1, column);
    }
}
