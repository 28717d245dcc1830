using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace OneEdge.Storage;

/// <summary>The shortest and the longest time that a setting may have. The range of the framework would read both from texts, with reflection.</summary>
/// <param name="least">The shortest, in seconds.</param>
/// <param name="most">The longest, in seconds.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsRangeAttribute(int least, int most) : ValidationAttribute
{
    public int Least => least;

    public int Most => most;

    public override bool IsValid(object? value) => value is TimeSpan time && time >= TimeSpan.FromSeconds(least) && time <= TimeSpan.FromSeconds(most);

    public override string FormatErrorMessage(string name) => string.Create(
        CultureInfo.InvariantCulture, $"The field {name} must be between {TimeSpan.FromSeconds(least)} and {TimeSpan.FromSeconds(most)}.");
}
