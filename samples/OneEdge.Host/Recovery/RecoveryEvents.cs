using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary>Prints what happens to disks, a line each, at once.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether each line is a JSON object.</param>
internal sealed class RecoveryEvents(HostIo io, bool isJson)
{
    public void Outcome(RecoveryOutcome outcome)
    {
        string word = outcome switch
        {
            { Error: not null } => "failed",
            // A commit that was left behind is finished without a new snapshot.
            { State: { LastSuccess: { } success, LastAttempt: { } attempt } } when success >= attempt => "taken",
            _ => "committed",
        };
        string text = word switch
        {
            "failed" => Screen.Cell(outcome.Error!.Message),
            "taken" =>
                $"generation {One.Text.Of(outcome.State.Generation ?? 0)}, of {RecoveryText.Time(outcome.State.LastSuccess)}, on {outcome.Disk.ReplicaHost}",
            _ => "the guest writes to its own image again",
        };
        Print(word, outcome.Disk.VmId, outcome.Disk.DiskId, text, json =>
        {
            json.WriteString("replica", outcome.Disk.ReplicaHost);
            RecoveryJson.WriteState(json, outcome.State);
            if (outcome.Error is OneEdgeException known) json.WriteString("code", known.Code);
            if (outcome.Error is { } error) json.WriteString("error", error.Message);
        });
    }

    public void Problem(RecoveryProblem problem) =>
        Print("problem", problem.VmId, null, Screen.Cell(problem.Message), json => json.WriteString("error", problem.Message));

    /// <summary>The guest still writes to the temporary layer: the next run finishes that first.</summary>
    public void Left(RecoveryDisk disk, string detail) => Print(
        "left", disk.VmId, disk.DiskId, $"the guest writes to the layer of a snapshot; the next run commits it first ({Screen.Cell(detail)})",
        json => json.WriteString("detail", detail));

    public void Stopped() => Print("stopped", null, null, "", _ => { });

    private void Print(string word, int? vm, int? disk, string text, Action<Utf8JsonWriter> write)
    {
        string now = RecoveryText.Stamp(TimeProvider.System.GetUtcNow());
        io.Out.WriteLine(isJson
            ? JsonLine.Of(json =>
            {
                json.WriteString("time", now);
                json.WriteString("event", word);
                if (vm is { } machine) json.WriteNumber("vm", machine);
                if (disk is { } number) json.WriteNumber("disk", number);
                write(json);
            })
            : string.Join('\t', now, word, vm is { } id ? $"VM {One.Text.Of(id)}" : "", disk is { } place ? $"disk {One.Text.Of(place)}" : "", text)
                .TrimEnd());
        io.Out.Flush();
    }
}
