using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.OpenNebula;

namespace OneEdge.Host.Flow;

/// <summary>Names, owners and rights of services and templates.</summary>
internal static class OwnershipCommands
{
    public static HostCommand Rename(HostIo io, FlowKind kind)
    {
        var target = new Target(kind);
        var name = new Argument<string>("NAME") { Description = "The new name." };
        var command = new HostCommand("rename", $"Gives a {kind.Name} another name.", $"{kind.Words} rename web shop");
        return FlowCall.Quiet(io, command.With(target.Argument, name), async (call, cancellationToken) =>
            await kind.RenameAsync(call, await target.FindAsync(call, cancellationToken), call.Required(name), cancellationToken));
    }

    public static HostCommand Chown(HostIo io, FlowKind kind)
    {
        var target = new Target(kind);
        Argument<int> user = Id("USER_ID", "The id of the new owner.");
        var group = new Option<int?>("--group") { Description = "The id of a new group, too.", HelpName = "GROUP_ID" };
        Limits.Apply(group, 0, int.MaxValue);
        var command = new HostCommand("chown", $"Gives a {kind.Name} to another user.", $"{kind.Words} chown web 3", $"{kind.Words} chown web 3 --group 100");
        return FlowCall.Quiet(io, command.With(target.Argument, user, group), async (call, cancellationToken) =>
            await kind.ChownAsync(call, await target.FindAsync(call, cancellationToken), call.Required(user), call.Value(group), cancellationToken));
    }

    public static HostCommand Chgrp(HostIo io, FlowKind kind)
    {
        var target = new Target(kind);
        Argument<int> group = Id("GROUP_ID", "The id of the new group.");
        var command = new HostCommand("chgrp", $"Gives a {kind.Name} to another group.", $"{kind.Words} chgrp web 100");
        return FlowCall.Quiet(io, command.With(target.Argument, group), async (call, cancellationToken) =>
            await kind.ChgrpAsync(call, await target.FindAsync(call, cancellationToken), call.Required(group), cancellationToken));
    }

    public static HostCommand Chmod(HostIo io, FlowKind kind)
    {
        var target = new Target(kind);
        var octet = new Argument<string>("OCTET") { Description = "Three digits from 0 to 7: owner, group, others; use 4, manage 2, administer 1." };
        octet.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsOctet(text))
                result.AddError($"Permissions are three digits from 0 to 7, such as 640, not '{text}'.");
        });
        var command = new HostCommand("chmod", $"Changes who may do what with a {kind.Name}.", $"{kind.Words} chmod web 640");
        return FlowCall.Quiet(io, command.With(target.Argument, octet), async (call, cancellationToken) => await kind.ChmodAsync(
            call, await target.FindAsync(call, cancellationToken), Permissions.FromOctal(call.Required(octet)), cancellationToken));
    }

    private static bool IsOctet(string text) => text.Length == 3 && text.All(c => c is >= '0' and <= '7');

    private static Argument<int> Id(string name, string description)
    {
        var id = new Argument<int>(name) { Description = description };
        id.Validators.Add(result => Limits.Check(result, name, 0, int.MaxValue));
        return id;
    }
}
