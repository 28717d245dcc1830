using System.CommandLine;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Which virtual machines are listed.</summary>
internal sealed class MachineListOptions : OwnedListOptions
{
    private readonly Option<VmState?> _state = new("--state") { Description = "Those in a state: active, pending, poweroff, done...", HelpName = "STATE" };

    private readonly Option<LcmState?> _doing = new("--lcm-state")
    {
        Description = "Active ones in a state of the life-cycle manager: running, prolog...",
        HelpName = "STATE",
    };

    private readonly Option<bool> _done = new("--done") { Description = "Those that are over, too." };

    public override IEnumerable<Option> All => [.. base.All, _state, _doing, _done];

    public override ListQuery Read(ParseResult parsed)
    {
        ListQuery query = base.Read(parsed);
        LcmState? doing = parsed.GetValue(_doing);
        return query with
        {
            Machines = new VmQuery
            {
                Filter = query.Filter,
                State = parsed.GetValue(_state) ?? (doing is null ? null : VmState.Active),
                LcmState = doing,
                IncludeDone = parsed.GetValue(_done),
                IsExtended = OneEdge.Host.Cli.OutputOption.IsJson(parsed),
            },
        };
    }
}
