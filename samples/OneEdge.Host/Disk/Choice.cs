using System.CommandLine;

namespace OneEdge.Host.Disk;

/// <summary>Options with a few values, the first of which is meant when none is given.</summary>
internal static class Choice
{
    public static Option<string> Of(string name, string? alias, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        if (alias is not null) option.Aliases.Add(alias);
        return option.AcceptOnlyFromAmong(values);
    }
}
