namespace OneEdge.Commands;

/// <summary>Replaces secrets in texts.</summary>
internal sealed class SecretMask
{
    private const string Mask = "***";

    // The longest first, so that a secret within another one does not leave the rest of it.
    private readonly string[] _secrets;

    internal SecretMask(IEnumerable<string> secrets)
    {
        // The lines of a key appear one by one in output that is read by line.
        IEnumerable<string> lines = secrets
            .SelectMany(secret => secret.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .Where(line => line.Length > 3);
        _secrets = [.. secrets.Concat(lines).Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];
    }

    internal string Apply(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Mask, StringComparison.Ordinal));

    internal IEnumerable<string> Apply(IEnumerable<string> texts) => texts.Select(Apply);

    /// <summary>Masks a text and the beginning of a secret that its end cuts off.</summary>
    internal string ApplyToHead(string text)
    {
        int cut = _secrets.Select(secret => OverlapAtEnd(text, secret)).DefaultIfEmpty(0).Max();
        return cut == 0 ? Apply(text) : Apply(text[..^cut]) + Mask;
    }

    /// <summary>Masks a text and the end of a secret that its beginning cuts off.</summary>
    internal string ApplyToTail(string text)
    {
        int cut = _secrets.Select(secret => OverlapAtStart(text, secret)).DefaultIfEmpty(0).Max();
        return cut == 0 ? Apply(text) : Mask + Apply(text[cut..]);
    }

    private static int OverlapAtEnd(string text, string secret)
    {
        for (int length = Math.Min(secret.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(secret.AsSpan(0, length))) return length;
        }

        return 0;
    }

    private static int OverlapAtStart(string text, string secret)
    {
        for (int length = Math.Min(secret.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(0, length).SequenceEqual(secret.AsSpan(secret.Length - length))) return length;
        }

        return 0;
    }
}
