using System.CommandLine;
using System.Globalization;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>The options that choose what is listed.</summary>
internal class ListOptions
{
    /// <summary>For pools that the server cannot filter.</summary>
    public virtual IEnumerable<Option> All => [];

    public virtual ListQuery Read(ParseResult parsed) => new(PoolFilter.All);
}

/// <summary>Whose objects are listed.</summary>
internal class OwnedListOptions : ListOptions
{
    private readonly Option<string> _of = new("--of")
    {
        Description = "Whose: all, mine, group (mine and those of my groups), or the id of a user.",
        HelpName = "all|mine|group|USER_ID",
        DefaultValueFactory = _ => "all",
    };

    public OwnedListOptions() => _of.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && FilterOf(text) is null) result.AddError($"--of is all, mine, group or the id of a user, not '{text}'.");
    });

    public override IEnumerable<Option> All => [_of];

    public override ListQuery Read(ParseResult parsed) => new(FilterOf(parsed.GetValue(_of)!) ?? PoolFilter.All);

    private static PoolFilter? FilterOf(string text) => text switch
    {
        "all" => PoolFilter.All,
        "mine" => PoolFilter.Mine,
        "group" => PoolFilter.MineAndGroups,
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int user) ? PoolFilter.User(user) : null,
    };
}
