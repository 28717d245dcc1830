using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace OneEdge.Host.One;

/// <summary>Refuses numbers that make no sense, before anything is done.</summary>
internal static class Limits
{
    /// <summary>Limits the value of an option.</summary>
    public static void Apply(Option option, double least, double most) => option.Validators.Add(result => Check(result, option.Name, least, most));

    /// <summary>Checks a number that was given; what is no number is refused elsewhere.</summary>
    public static void Check(SymbolResult result, string name, double least, double most)
    {
        if (result.Tokens is not [{ Value: var text }] || !double.TryParse(text, CultureInfo.InvariantCulture, out double value)) return;
        if (value >= least && value <= most) return;
        result.AddError(most >= int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is {least} or more, not {text}.")
            : string.Create(CultureInfo.InvariantCulture, $"{name} is from {least} to {most}, not {text}."));
    }
}
