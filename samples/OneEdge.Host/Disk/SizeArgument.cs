using System.CommandLine;
using System.Globalization;

namespace OneEdge.Host.Disk;

/// <summary>Sizes as qemu-img reads them: a number of bytes, or one with a suffix K, M, G, T, P or E, in powers of 1,024.</summary>
internal static class SizeArgument
{
    private const string Suffixes = "KMGTPE";

    public static Option<string?> AddValidator(this Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && TryRead(token.Value, out _) is false) result.AddError(Refusal(token.Value));
        });
        return option;
    }

    public static string Refusal(string text) => $"'{text}' is no size such as 512, 64K or 10G.";

    /// <summary>Reads a size that the validator has accepted.</summary>
    public static long Read(string text) => TryRead(text, out long size) ? size : throw new ArgumentException($"'{text}' is no size.", nameof(text));

    public static bool TryRead(string text, out long size)
    {
        size = 0;
        int power = text.Length > 0 ? Suffixes.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1 : 0;
        string number = power > 0 ? text[..^1] : text;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || value > long.MaxValue) return false;
        for (int i = 0; i < power; i++)
        {
            value *= 1024;
            if (value > long.MaxValue) return false;
        }

        size = (long)value;
        return true;
    }
}
