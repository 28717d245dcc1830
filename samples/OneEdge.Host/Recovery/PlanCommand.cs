using System.CommandLine;
using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery plan</c>: what is due now, and when next.</summary>
internal static class PlanCommand
{
    public static HostCommand Create(HostIo io)
    {
        Option<string> datastores = DirectoryOption.Datastores();
        Option<double> cycle = CycleOption();
        var command = new HostCommand(
            "plan",
            "Shows which disks of this hypervisor have recovery snapshots, what is due now and when next. Touches nothing. "
            + "Exit code 1: files of a machine cannot be used.",
            "recovery plan", "recovery plan --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string location = DirectoryOption.Existing(parsed.GetValue(datastores)!, datastores.Name, "datastores");
            RecoveryProbeResult found = await new RecoveryProbe(location).FindAsync(cancellationToken);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            var schedule = new RecoveryScheduleOptions { Cycle = TimeSpan.FromSeconds(parsed.GetValue(cycle)) };
            IReadOnlyList<DiskWork> work = await DiskWork.ReadAsync(found.Disks, now, schedule, cancellationToken);
            if (OutputOption.IsJson(parsed)) JsonOutput.Write(io, json => Write(json, work, found.Problems));
            else Show(io, work, found.Problems, now);
            return found.Problems.Count > 0 ? ExitCode.Partly : ExitCode.Done;
        });
        return command.With(datastores, cycle, OutputOption.Create(), OutputOption.CreateShort());
    }

    /// <summary>How often the agent looks, which is also the period of a disk whose frequency is zero.</summary>
    public static Option<double> CycleOption()
    {
        var cycle = new Option<double>("--cycle")
        {
            Description = "How often to look for machines that came or went, in seconds; also the period of disks whose frequency is 0.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 60,
        };
        Limits.Apply(cycle, 1, 86_400);
        return cycle;
    }

    private static void Show(HostIo io, IReadOnlyList<DiskWork> work, IReadOnlyList<RecoveryProblem> problems, DateTimeOffset now)
    {
        var screen = new Screen(io);
        if (work.Count == 0) screen.Line("no disk with recovery snapshots");
        else screen.Table(["VM", "DISK", "EVERY", "LAST", "NOW", "NEXT", "REPLICA", "LAST ERROR"], work.Select(item => Row(item, now)));
        foreach (RecoveryProblem problem in problems)
            io.Error.WriteLine($"oneedge: warning: VM {One.Text.Of(problem.VmId)}: {Screen.Cell(problem.Message)}");
    }

    private static string[] Row(DiskWork item, DateTimeOffset now) =>
    [
        One.Text.Of(item.Disk.VmId), One.Text.Of(item.Disk.DiskId), RecoveryText.Span(item.Disk.Frequency), RecoveryText.Time(item.State.LastSuccess),
        item.Word,
        item.Due is null ? $"in {RecoveryText.Span(item.Next - now)}" : "now", item.Disk.ReplicaHost, item.State.LastError ?? "",
    ];

    private static void Write(Utf8JsonWriter json, IReadOnlyList<DiskWork> work, IReadOnlyList<RecoveryProblem> problems)
    {
        json.WriteStartObject();
        json.WriteStartArray("disks");
        foreach (DiskWork item in work)
        {
            json.WriteStartObject();
            json.WriteNumber("vm", item.Disk.VmId);
            json.WriteNumber("disk", item.Disk.DiskId);
            json.WriteNumber("frequencySeconds", item.Disk.Frequency.TotalSeconds);
            json.WriteString("replica", item.Disk.ReplicaHost);
            RecoveryJson.WriteState(json, item.State);
            json.WriteString("now", item.Word);
            json.WriteString("next", RecoveryText.Stamp(item.Next));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (RecoveryProblem problem in problems)
        {
            json.WriteStartObject();
            json.WriteNumber("vm", problem.VmId);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
