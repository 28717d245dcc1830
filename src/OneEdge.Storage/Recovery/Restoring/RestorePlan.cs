using System.Globalization;
using System.Text;

namespace OneEdge.Storage.Recovery;

/// <summary>On which host a step of a restore runs.</summary>
public enum RestoreHost
{
    /// <summary>The one that keeps the snapshots.</summary>
    Replica,

    /// <summary>The one that gets the disk.</summary>
    Hypervisor,
}

/// <summary>A step of a restore. It can be repeated.</summary>
/// <param name="Text">What it does, in words.</param>
/// <param name="Where">Where it runs.</param>
/// <param name="Script">What runs.</param>
public sealed record RestoreStep(string Text, RestoreHost Where, HostScript Script);

/// <summary>How a disk is brought to a hypervisor. Until the last step nothing has the name of the disk there.</summary>
/// <param name="Chain">What is restored.</param>
/// <param name="Replica">The host that keeps it.</param>
/// <param name="Target">Where to.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record RestorePlan(RecoveryChain Chain, string Replica, RestoreTarget Target, IReadOnlyList<RestoreStep> Steps)
{
    /// <summary>The plan for people: what, then a step a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Restore {Chain} from '{Replica}' to '{Target.VmDirectory}' on '{Target.Host}'\n");
        for (int i = 0; i < Steps.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  {i + 1}. on {(Steps[i].Where == RestoreHost.Replica ? Replica : Target.Host)}: {Steps[i].Text}\n");
        return text.ToString();
    }
}
