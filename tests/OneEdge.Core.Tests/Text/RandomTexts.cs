namespace OneEdge.Core.Tests.Text;

/// <summary>Random line texts and edits of them, reproducible from a seed.</summary>
internal sealed class RandomTexts(int seed)
{
    private static readonly string[] Words = ["a", "b", "c", "", " d", "\te", "-f", "+g", "@@ -1 +1 @@", "\\ h", "i\r", "\uDCE9"];

    private readonly Random _random = new(seed);

    public int Next(int behind) => _random.Next(behind);

    public List<string> Lines(int most)
    {
        int kinds = _random.Next(2, Words.Length + 1);
        return [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Line(kinds))];
    }

    public List<string> Edit(List<string> lines, int most)
    {
        List<string> edited = [.. lines];
        for (int i = _random.Next(most + 1); i > 0; i--)
        {
            int at = _random.Next(edited.Count + 1);
            int count = Math.Min(_random.Next(4), edited.Count - at);
            if (_random.Next(3) > 0) edited.RemoveRange(at, count);
            if (_random.Next(3) > 0) edited.InsertRange(at, Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Line(Words.Length)));
        }

        return edited;
    }

    public string Text(List<string> lines)
    {
        string text = string.Concat(lines);
        return text.Length > 0 && _random.Next(6) == 0 ? text[..^1] : text;
    }

    private string Line(int kinds) => Words[_random.Next(kinds)] + (_random.Next(4) == 0 ? _random.Next(3) : "") + "\n";
}
