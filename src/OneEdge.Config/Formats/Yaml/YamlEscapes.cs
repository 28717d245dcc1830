using System.Text;

namespace OneEdge.Config.Formats;

/// <summary>The one-letter escapes of double-quoted scalars.</summary>
internal static class YamlEscapes
{
    private const string Letters = "0abt\tnvfre \"/\\N_LP";
    private const string Characters = "\0\a\b\t\t\n\v\f\r\e \"/\\\u0085\u00A0\u2028\u2029";

    // Escapes that are only read, or that would be written for ordinary characters.
    private const string NotWritten = "\t /";

    public static Rune? Find(char letter) => Letters.IndexOf(letter, StringComparison.Ordinal) is var i and >= 0 ? new Rune(Characters[i]) : null;

    public static char? LetterOf(char character)
    {
        for (int i = 0; i < Letters.Length; i++)
        {
            if (Characters[i] == character && !NotWritten.Contains(Letters[i], StringComparison.Ordinal)) return Letters[i];
        }

        return null;
    }
}
