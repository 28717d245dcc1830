using System.Globalization;
using OneEdge.Text;

namespace OneEdge.Flow;

/// <summary>Something that is wrong with a service template.</summary>
public sealed record ServiceTemplateError
{
    /// <summary>Creates an error.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <param name="code">See <see cref="Code"/>.</param>
    /// <param name="message">See <see cref="Message"/>.</param>
    public ServiceTemplateError(string path, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(message);
        Path = path;
        Code = code;
        Message = message;
    }

    /// <summary>The value that is wrong, or the object that lacks a member: <c>$.roles[1].cardinality</c>; <c>$</c> is the template.</summary>
    public string Path { get; }

    /// <summary>The stable code, one of <see cref="FlowErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>What is wrong and what was expected.</summary>
    public string Message { get; }

    /// <summary>What to try, if there is something to try.</summary>
    public string? Hint { get; init; }

    /// <summary>
    /// The text that OneFlow answers here, exactly; <see langword="null"/> when it accepts this, or fails without a text of its own (see
    /// <see cref="FailsOriginal"/>).
    /// </summary>
    public string? OriginalMessage { get; init; }

    /// <summary>Whether OneFlow dies of this with an internal error.</summary>
    public bool FailsOriginal { get; init; }

    /// <summary>The place in the text, when it is no JSON; otherwise <see langword="null"/>.</summary>
    public LinePosition? Position { get; init; }

    /// <summary>One line: the place, the code, the message and the hint.</summary>
    public override string ToString()
    {
        string place = Position is { } position ? string.Create(CultureInfo.InvariantCulture, $"({position.Line},{position.Column})") : Path;
        return Hint is null ? $"{place}: error {Code}: {Message}" : $"{place}: error {Code}: {Message} ({Hint})";
    }
}
