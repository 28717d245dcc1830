using System.CommandLine;
using System.CommandLine.Parsing;

namespace OneEdge.Host.Cli;

/// <summary>The option <c>--output text|json</c> that every command has.</summary>
internal static class OutputOption
{
    private const string Name = "--output";
    private const string Short = "--json";
    private const string Json = "json";

    public static Option<string> Create()
    {
        var option = new Option<string>(Name, "-o") { Description = "How the result is printed.", DefaultValueFactory = _ => "text" };
        return option.AcceptOnlyFromAmong("text", Json);
    }

    /// <summary>The short form of <c>--output json</c>.</summary>
    public static Option<bool> CreateShort() => new(Short) { Description = "The same as --output json." };

    public static bool IsJson(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>().Any(o => o switch
    {
        { Option.Name: Name, Tokens: [{ Value: Json }] } => true,
        { Option.Name: Short, Implicit: false } => true,
        _ => false,
    });
}
