using System.CommandLine;
using System.Globalization;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>A service or template, by its id or its name, as the commands of OneFlow take it.</summary>
/// <param name="kind">Which of them.</param>
internal sealed class Target(FlowKind kind)
{
    public Argument<string> Argument { get; } = new(kind == FlowKind.Service ? "SERVICE" : "TEMPLATE")
    {
        Description = $"The {kind.Name}: its id, or its name when no other one has it.",
    };

    /// <summary>The id.</summary>
    public Task<int> FindAsync(FlowCall call, CancellationToken cancellationToken) => FindAsync(kind, call, call.Required(Argument), cancellationToken);

    /// <summary>The id of what a text names.</summary>
    public static async Task<int> FindAsync(FlowKind kind, FlowCall call, string text, CancellationToken cancellationToken)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return id;
        IReadOnlyList<OneFlowDocument> all = await kind.ListAsync(call, cancellationToken);
        OneFlowDocument[] named = [.. all.Where(document => document.Name == text)];
        return named switch
        {
            [var one] => one.Id,
            [] => throw new HintException(HostErrorCodes.NoSuchName, $"There is no {kind.Name} '{text}'.", Near(kind, text, all)),
            _ => throw new HintException(
                HostErrorCodes.NoSuchName,
                $"{named.Length} of the {kind.Name}s are called '{text}'.",
                $"use the id: {string.Join(", ", named.Select(document => document.Id).Order().Select(One.Text.Of))}"),
        };
    }

    private static bool IsPart(string name, string text) => name.Length > 0 && text.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static string Near(FlowKind kind, string text, IReadOnlyList<OneFlowDocument> all)
    {
        string? near = all.Select(document => document.Name)
            .FirstOrDefault(name => name.Contains(text, StringComparison.OrdinalIgnoreCase) || IsPart(name, text));
        return near is null ? $"see: oneedge {kind.Words} list" : $"did you mean '{Screen.Cell(near)}'?";
    }
}
