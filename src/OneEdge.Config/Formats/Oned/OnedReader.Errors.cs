using System.Globalization;

namespace OneEdge.Config.Formats;

internal ref partial struct OnedReader
{
    // Enough to mend a file; a file that is no oned.conf at all must not yield a finding for each of its lines.
    private const int MaxErrors = 100;

    private bool Fail(int at, string text, string? hint = null)
    {
        _failAt = at;
        _failText = text;
        _failHint = hint;
        return false;
    }

    private bool FailItem(int at, bool isFirst)
    {
        if (_text[at] == ']' && isFirst) return Fail(at, "a section needs at least one item");
        if (_text[at] == ']') return Fail(at, "an item is expected after ','", "there is no comma after the last item");
        if (_failAt == at && TryLineEnd(at, out _)) return Fail(at, "no empty line may follow a comment inside of a section");
        return false;
    }

    // Reports an item that does not parse, and finds the next line that looks like an item.
    private int Recover(int lineStart, int start)
    {
        int nextLine = NextLine(start);
        bool isSection = LooksLikeItem(start, out int value) && value < _text.Length && _text[value] == '[';
        string text = _failText;
        int at = _failAt;
        if (_failAt >= nextLine && nextLine > start)
        {
            // The finding stands at the item, as in the original; the text says where in the item.
            string place = _source.GetPosition(_failAt).ToString().Replace(",", ", column ", StringComparison.Ordinal);
            text = string.Create(CultureInfo.InvariantCulture, $"{_failText} at line {place}");
            at = start;
        }

        Errors.Add(Diagnostic.Error(ConfigErrorCodes.OnedSyntax, $"This does not parse: {text}.", _source, at, _failHint));
        return isSection ? ResumeAfterSection(lineStart, start) : ResumeAfterEntry(nextLine);
    }

    private readonly int ResumeAfterEntry(int at)
    {
        for (; at < _text.Length; at = NextLine(at))
        {
            int start = SkipBlanks(at);
            if (TryLineEnd(start, out _) || _text[start] == '#' || LooksLikeItem(start, out _)) return at;
        }

        return at;
    }

    // The items of a broken section look like entries; what follows it is less indented, or comes after its "]".
    private readonly int ResumeAfterSection(int lineStart, int start)
    {
        int at = NextLine(start);
        if (_failAt > at) at = Math.Max(at, _text[.._failAt].LastIndexOf((byte)'\n') + 1);
        else if (_text[start..at].Contains((byte)']')) return at;
        for (; at < _text.Length; at = NextLine(at))
        {
            int first = SkipBlanks(at);
            if (first < _text.Length && _text[first] == ']') return NextLine(first);
            if (first - at <= start - lineStart && LooksLikeItem(first, out _)) return at;
        }

        return at;
    }

    private readonly bool LooksLikeItem(int start, out int value)
    {
        int end = start;
        while (end < _text.Length && OnedGrammar.IsNameByte(_text[end])) end++;
        int sign = SkipBlanks(end);
        bool found = end > start && sign < _text.Length && _text[sign] == '=';
        value = found ? SkipBlanks(sign + 1) : sign;
        return found;
    }

    private readonly OnedSyntax StopEarly()
    {
        string text = Errors.Count >= MaxErrors
            ? $"There are {MaxErrors} errors; the rest of the file was not read."
            : $"The file holds more than {_maxValues} values.";
        string? hint = Errors.Count >= MaxErrors ? null : "raise ConfigLimits.MaxExpandedValues";
        string code = Errors.Count >= MaxErrors ? ConfigErrorCodes.OnedSyntax : ConfigErrorCodes.Limit;
        Errors.Add(new Diagnostic(code, DiagnosticSeverity.Error, text) { File = _source.Name, Hint = hint });
        return new OnedSyntax(_source, default, default, _names.Names);
    }
}
