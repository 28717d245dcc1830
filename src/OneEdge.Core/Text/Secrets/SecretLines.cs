using System.Buffers;
using System.Text;

namespace OneEdge.Text;

/// <summary>
/// Masks the secrets of a configuration text line by line: <c>KEY = value</c>, <c>KEY=value</c>, <c>key: value</c>, also several in one line,
/// YAML blocks below a secret key, quoted values over several lines, and passwords in URLs.
/// </summary>
internal sealed class SecretLines
{
    private const string Hidden = SecretText.Mask;
    private static readonly SearchValues<char> CommentMarks = SearchValues.Create("#*-: \t\"'");
    private static readonly SearchValues<char> BlockMarks = SearchValues.Create("+-0123456789");

    // Lines indented deeper than this belong to a secret key above; -1 when there is none.
    private int _blockIndent = -1;

    // Whether settings below that key are judged by their own names, as those of a column PASSWORD are in the files of the CLI.
    private bool _blockHasNames;

    // The quote that a secret value over several lines still has open.
    private char _openQuote;

    /// <summary>Masks the next line of the text, which comes without its line end.</summary>
    public string Mask(string line)
    {
        if (_openQuote != 0) return MaskUntilQuote(line);
        int indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
        if (_blockIndent >= 0)
        {
            if (indent == line.Length) return line;
            bool isItem = indent == _blockIndent && line.AsSpan(indent).StartsWith("- ");
            bool isNamed = _blockHasNames && indent > _blockIndent && Setting.TryFind(line, indent, out _);
            if (isNamed) return MaskSettings(line, indent);
            if (indent > _blockIndent || isItem) return line[..indent] + (isItem ? "- " : "") + Hidden;
            _blockIndent = -1;
        }

        return SecretUrls.Mask(line.AsSpan(indent).StartsWith('#') ? MaskComment(line, indent) : MaskSettings(line, indent));
    }

    private string MaskUntilQuote(string line)
    {
        int end = QuoteEnd(line, 0, _openQuote);
        if (end < 0) return Hidden;
        _openQuote = '\0';
        return Hidden + line[end..];
    }

    private string MaskSettings(string line, int indent)
    {
        StringBuilder? masked = null;
        int copied = 0;
        for (int at = 0; Setting.TryFind(line, at, out Setting setting); at = setting.Value)
        {
            string value = line[setting.Value..];
            if (!SecretName.IsSecret(setting.Name)) continue;
            if (value.Length == 0 || IsBlockHeader(value))
            {
                if (setting.IsYaml) (_blockIndent, _blockHasNames) = (indent, value.Length == 0 && !SecretName.IsContainer(setting.Name));
                break;
            }

            int end = ValueEnd(line, setting.Value);
            if (!SecretName.Hides(setting.Name, line.AsSpan(setting.Value, end - setting.Value))) continue;
            masked ??= new StringBuilder();
            int start = value[0] is '[' or '{' ? setting.Value + 1 : setting.Value;
            if (start == end) continue;
            masked.Append(line, copied, start - copied).Append(Hidden);
            copied = end;
            setting = setting with { Value = end };
        }

        return masked?.Append(line, copied, line.Length - copied).ToString() ?? line;
    }

    // Comments explain settings in prose; only what looks like a setting that was switched off is masked.
    private static string MaskComment(string line, int indent)
    {
        if (!Setting.TryFind(line, indent, out Setting setting) || line.AsSpan(indent, setting.Start - indent).ContainsAnyExcept(CommentMarks)) return line;
        ReadOnlySpan<char> value = line.AsSpan(setting.Value).TrimEnd(" \t,");
        bool isQuoted = value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0];
        if (!isQuoted && value.ContainsAny(" \t")) return line;
        return SecretName.Hides(setting.Name, value) ? string.Concat(line.AsSpan(0, setting.Value), Hidden, line.AsSpan(setting.Value + value.Length)) : line;
    }

    private int ValueEnd(string line, int start)
    {
        char first = line[start];
        if (first is '"' or '\'')
        {
            int end = QuoteEnd(line, start + 1, first);
            if (end >= 0) return end;
            _openQuote = first;
            return line.Length;
        }

        bool isInline = first is not ('[' or '{') && line.AsSpan(0, start).ContainsAny('[', '{');
        int stop = isInline ? line.AsSpan(start).IndexOfAny(",]}") : -1;
        return stop < 0 ? line.Length : start + stop;
    }

    private static int QuoteEnd(string line, int start, char quote)
    {
        for (int i = start; i < line.Length; i++)
        {
            if (line[i] == '\\' && quote == '"') i++;
            else if (line[i] == quote && i + 1 < line.Length && line[i + 1] == quote && quote == '\'') i++;
            else if (line[i] == quote) return i + 1;
        }

        return -1;
    }

    private static bool IsBlockHeader(string value) => value[0] is '|' or '>' && !value.AsSpan(1).TrimEnd().ContainsAnyExcept(BlockMarks);
}
