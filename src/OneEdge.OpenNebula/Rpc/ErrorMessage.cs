using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OneEdge.OpenNebula;

/// <summary>Finds out which object a message of the server is about.</summary>
internal static partial class ErrorMessage
{
    // The words of messages, and those of rights, as OpenNebula 6.10 writes them.
    private static readonly FrozenDictionary<string, OpenNebulaObjectKind> Words = new Dictionary<string, OpenNebulaObjectKind>
    {
        ["virtual machine"] = OpenNebulaObjectKind.VirtualMachine,
        ["vm"] = OpenNebulaObjectKind.VirtualMachine,
        ["host"] = OpenNebulaObjectKind.Host,
        ["virtual network"] = OpenNebulaObjectKind.VirtualNetwork,
        ["net"] = OpenNebulaObjectKind.VirtualNetwork,
        ["image"] = OpenNebulaObjectKind.Image,
        ["user"] = OpenNebulaObjectKind.User,
        ["virtual machine template"] = OpenNebulaObjectKind.Template,
        ["template"] = OpenNebulaObjectKind.Template,
        ["group"] = OpenNebulaObjectKind.Group,
        ["acl"] = OpenNebulaObjectKind.AccessRule,
        ["datastore"] = OpenNebulaObjectKind.Datastore,
        ["cluster"] = OpenNebulaObjectKind.Cluster,
        ["document"] = OpenNebulaObjectKind.Document,
        ["zone"] = OpenNebulaObjectKind.Zone,
        ["security group"] = OpenNebulaObjectKind.SecurityGroup,
        ["secgroup"] = OpenNebulaObjectKind.SecurityGroup,
        ["vdc"] = OpenNebulaObjectKind.VirtualDataCenter,
        ["virtual router"] = OpenNebulaObjectKind.VirtualRouter,
        ["vrouter"] = OpenNebulaObjectKind.VirtualRouter,
        ["marketplace"] = OpenNebulaObjectKind.Marketplace,
        ["marketplaceapp"] = OpenNebulaObjectKind.MarketplaceApp,
        ["vm group"] = OpenNebulaObjectKind.VirtualMachineGroup,
        ["vmgroup"] = OpenNebulaObjectKind.VirtualMachineGroup,
        ["virtual network template"] = OpenNebulaObjectKind.VirtualNetworkTemplate,
        ["vntemplate"] = OpenNebulaObjectKind.VirtualNetworkTemplate,
        ["hook"] = OpenNebulaObjectKind.Hook,
        ["backup job"] = OpenNebulaObjectKind.BackupJob,
        ["backupjob"] = OpenNebulaObjectKind.BackupJob,
        ["scheduled action"] = OpenNebulaObjectKind.ScheduledAction,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The object that a message names; its id only where one stands in the message.</summary>
    public static (OpenNebulaObjectKind? Kind, int? Id) FindObject(string message)
    {
        // Names and other texts of users may be as long as they like; what the server writes about objects is short.
        const int enough = 2_000;
        ReadOnlySpan<char> head = message.AsSpan(0, Math.Min(message.Length, enough));
        Match match = Naming().Match(head.ToString());
        if (!match.Success || !Words.TryGetValue(match.Groups["word"].Value, out OpenNebulaObjectKind kind)) return (null, null);
        return (kind, int.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null);
    }

    [GeneratedRegex(
        @"Error getting (?<word>[\w ]+?) \[(?<id>\d+)\]"
        + @"|to perform [A-Z]+ (?<word>[A-Z]+)(?: \[(?<id>\d+)\])?"
        + @"|(?:User \[\d+\] : |The resource )(?<word>[\w ]+?) is locked\. \[(?<id>\d+)\]"
        + @"|already taken by (?<word>\w+) (?<id>\d+)"
        + @"|Error allocating a new (?<word>[\w ]+?)\.",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Naming();
}
