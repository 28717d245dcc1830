using System.Globalization;
using System.Text;

namespace OneEdge.Flow.Elasticity;

/// <summary>One field of a recurrence: numbers, ranges and steps.</summary>
internal sealed class RecurrenceField
{
    /// <summary>The fields in their order.</summary>
    public static readonly RecurrenceFieldKind[] Kinds =
    [
        new("minute", 0, 59), new("hour", 0, 23), new("day of the month", 1, 31), new("month", 1, 12), new("day of the week", 0, 7),
    ];

    private const int MostDigits = 9;
    private const string Names = "jan feb mar apr may jun jul aug sep oct nov dec sun mon tue wed thu fri sat ";

    private readonly RecurrenceFieldKind _kind;
    private readonly List<Part> _parts;

    private RecurrenceField(RecurrenceFieldKind kind, string text, List<Part> parts)
    {
        _kind = kind;
        _parts = parts;
        IsAny = text == "*";
    }

    /// <summary>Whether it is a lone <c>*</c>.</summary>
    public bool IsAny { get; }

    /// <summary>Reads a field, whatever its numbers are. Names stand for their numbers in every field, as OpenNebula has it.</summary>
    /// <returns>The field; <see langword="null"/> with an error when it is none.</returns>
    public static RecurrenceField? Read(RecurrenceFieldKind kind, string text, out string? error)
    {
        List<Part> parts = [];
        error = null;
        foreach (string item in text.TrimEnd(',').Split(','))
        {
            if (ReadPart(kind, item) is not { } part)
            {
                error = $"{kind.Name} '{item}' is none of n, n-m, n-m/step, * and */step";
                return null;
            }

            if (part.Step == 0)
            {
                error = $"{kind.Name} '{item}' has the step 0";
                return null;
            }

            parts.Add(part);
        }

        return new RecurrenceField(kind, text, parts);
    }

    /// <summary>Why cron would not take its numbers; <see langword="null"/> when it does.</summary>
    public string? RangeError()
    {
        foreach (Part part in _parts)
        {
            if (part.From < _kind.First || part.To > _kind.Last)
            {
                int wrong = part.From < _kind.First || part.From > _kind.Last ? part.From : part.To;
                return FormattableString.Invariant($"{_kind.Name} {wrong} is not {_kind.First} to {_kind.Last}");
            }

            if (part.From > part.To) return FormattableString.Invariant($"{_kind.Name} {part.From}-{part.To} goes backwards; write two ranges");
        }

        return null;
    }

    /// <summary>Whether some number lies in a range.</summary>
    public bool HasAny(int first, int last) => _parts.Exists(p => p.IsStar || (p.From <= last && Math.Max(p.From, p.To) >= first));

    /// <summary>The field in numbers. A step over everything stays one: on the days when clocks change it is counted in hours that pass.</summary>
    public override string ToString()
    {
        if (_parts.Exists(p => p.IsStar && p.Step == 1)) return "*";
        var text = new StringBuilder();
        foreach (Part part in _parts)
        {
            if (text.Length > 0) text.Append(',');
            if (part.Step > part.To - part.From) text.Append(CultureInfo.InvariantCulture, $"{part.From}");
            else if (part.IsStar && _parts.Count == 1) text.Append(CultureInfo.InvariantCulture, $"*/{part.Step}");
            else text.Append(CultureInfo.InvariantCulture, $"{part.From}-{part.To}/{part.Step}");
        }

        return text.ToString();
    }

    private static Part? ReadPart(RecurrenceFieldKind kind, string item)
    {
        string[] halves = item.Split('/');
        if (halves.Length > 2) return null;
        int? step = halves.Length == 1 ? 1 : Number(halves[1]);
        if (step is null) return null;
        int last = kind.Last == 7 ? 6 : kind.Last;
        if (halves[0] == "*") return new Part(kind.First, last, step.Value, true);
        string[] ends = halves[0].Split('-');
        if (ends.Length > 2 || Value(ends[0]) is not { } from) return null;
        if (ends.Length == 1) return halves.Length == 1 ? new Part(from, from, 1, false) : null;
        return Value(ends[1]) is { } to ? new Part(from, to, step.Value, false) : null;
    }

    private static int? Value(string text)
    {
        int at = text.Length == 3 && char.IsAsciiLetter(text[0]) ? Names.IndexOf(text + " ", StringComparison.OrdinalIgnoreCase) : -1;
        if (at < 0) return Number(text);
        int index = at / 4;
        return index < 12 ? index + 1 : index - 12;
    }

    private static int? Number(string text) =>
        text.Length is > 0 and <= MostDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private readonly record struct Part(int From, int To, int Step, bool IsStar);
}
