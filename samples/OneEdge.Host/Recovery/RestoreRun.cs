using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary>One restore: what is passed over, the plan, and its steps as they are done.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether the result is printed as JSON.</param>
/// <param name="found">What is restored.</param>
/// <param name="plan">How.</param>
internal sealed class RestoreRun(HostIo io, bool isJson, RecoverySelection found, RestorePlan plan)
{
    public int ShowPlan()
    {
        if (isJson)
        {
            WriteJson(done: 0, isDryRun: true);
            return ExitCode.Done;
        }

        ShowPassed();
        foreach (string line in plan.ToString().TrimEnd('\n').Split('\n')) io.Out.WriteLine(line);
        return ExitCode.Done;
    }

    /// <summary>Asks on a terminal whether a disk may be replaced; elsewhere the option says so.</summary>
    public bool Confirms()
    {
        if (!io.CanAsk || isJson) return true;
        ShowPlan();
        string question = $"Replace disk {One.Text.Of(plan.Chain.DiskId)} in {plan.Target.VmDirectory} on {plan.Target.Host} if it is there?";
        if (new Screen(io).Ask(question, "yes", "no") == "yes") return true;
        io.Out.WriteLine("nothing was done");
        return false;
    }

    public async Task<int> RunAsync(IRemoteHost replica, IRemoteHost hypervisor, CancellationToken cancellationToken)
    {
        var screen = new Screen(io);
        if (!isJson)
        {
            ShowPassed();
            screen.Heading($"restoring {plan.Chain}, {Bytes.Text(plan.Chain.Size)}");
        }

        int done = 0;
        await foreach (RestoreStep step in RecoveryRestore.RunAsync(plan, replica, hypervisor, cancellationToken))
        {
            done++;
            if (isJson) continue;
            screen.Line(Screen.Cell($"{One.Text.Of(done)}/{One.Text.Of(plan.Steps.Count)} {step.Text}"));
            await io.Out.FlushAsync(cancellationToken);
        }

        if (isJson) WriteJson(done, isDryRun: false);
        else screen.Line($"restored to {plan.Target.VmDirectory} on {plan.Target.Host}");
        return ExitCode.Done;
    }

    private void ShowPassed()
    {
        foreach (RecoveryChain chain in found.Passed) io.Error.WriteLine($"oneedge: warning: passed over {chain}: {Screen.Cell(chain.Problem ?? "")}");
    }

    private void WriteJson(int done, bool isDryRun) => JsonOutput.Write(io, json =>
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        json.WriteStartObject();
        json.WriteBoolean("dryRun", isDryRun);
        json.WritePropertyName("snapshot");
        RecoveryJson.WriteChain(json, plan.Chain, now);
        json.WriteStartArray("passed");
        foreach (RecoveryChain chain in found.Passed) RecoveryJson.WriteChain(json, chain, now);
        json.WriteEndArray();
        json.WriteString("host", plan.Target.Host);
        json.WriteString("directory", plan.Target.VmDirectory);
        json.WriteStartArray("steps");
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("step", plan.Steps[i].Text);
            json.WriteString("host", plan.Steps[i].Where == RestoreHost.Replica ? plan.Replica : plan.Target.Host);
            json.WriteBoolean("done", i < done);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
