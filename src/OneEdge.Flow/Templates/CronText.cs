using System.Globalization;

namespace OneEdge.Flow;

/// <summary>
/// Whether the cron library of OneFlow finds a next occurrence. It checks little: days that no month has pass, and ranges that run backwards. Where its
/// answer depends on the time of day, the stricter one is taken.
/// </summary>
/// <remarks>Source: parse-cron 0.1.4.</remarks>
internal static class CronText
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] Names = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    public static bool IsValid(string text)
    {
        if (Names.Contains(text)) return true;
        string[] fields = Fields(Numbered(text));
        if (fields.Length is < 5 or > 6) return false;
        return Read(fields[0], out (int Least, int Most)? minute) && Read(fields[1], out (int Least, int Most)? hour)
            && Read(fields[2], out _) && Read(fields[3], out (int Least, int Most)? month) && Read(fields[4], out _)
            && !(minute?.Most > 59) && !(hour?.Most > 24) && !(hour?.Most == 24 && minute?.Least > 0) && !(month?.Most > 12) && !(month?.Least < 1);
    }

    // Ruby keeps an empty field in front of leading blanks.
    private static string[] Fields(string text)
    {
        string[] fields = text.Split((char[])[' ', '\t', '\n', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return text.Length > 0 && fields.Length > 0 && char.IsWhiteSpace(text[0]) ? ["", .. fields] : fields;
    }

    // The least and the greatest number that a field names; nothing for one that names none or all.
    private static bool Read(string field, out (int Least, int Most)? bounds)
    {
        bounds = null;
        foreach (string part in field.TrimEnd(',').Split(','))
        {
            if (part.Length == 0 && field.Trim(',').Length == 0) continue;
            if (part.StartsWith('*'))
            {
                if (part.Length > 1 && StepOf(part.AsSpan(Math.Min(2, part.Length))) == 0) return false;
                continue;
            }

            if (!ReadRange(part, out int from, out int to)) return false;
            if (from <= to) bounds = (Math.Min(bounds?.Least ?? from, from), Math.Max(bounds?.Most ?? to, to));
        }

        return true;
    }

    private static bool ReadRange(string part, out int from, out int to)
    {
        to = 0;
        string[] steps = part.Split('/');
        string[] ends = steps[0].Split('-');
        if (!ReadNumber(ends[0], out from) || ends.Length > 2 || steps.Length > 2 || (steps.Length == 2 && ends.Length == 1)) return false;
        to = from;
        if (ends.Length == 2 && !ReadNumber(ends[1], out to)) return false;
        return steps.Length == 1 || (ReadNumber(steps[1], out int step) && step > 0);
    }

    private static bool ReadNumber(string text, out int number)
    {
        number = 0;
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) number = int.MaxValue;
        return true;
    }

    // What Ruby's to_i makes of the text after "*/": only zero is refused.
    private static int StepOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('-') || text.StartsWith('+')) text = text[1..];
        int length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        return text[..length].ContainsAnyInRange('1', '9') ? 1 : 0;
    }

    private static string Numbered(string text)
    {
        text = text.ToLowerInvariant();
        for (int i = 0; i < Months.Length; i++) text = text.Replace(Months[i], (i + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        for (int i = 0; i < Days.Length; i++) text = text.Replace(Days[i], i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return text;
    }
}
