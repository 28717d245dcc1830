using System.Globalization;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;

namespace OneEdge.TestProgram;

/// <summary>Takes recovery snapshots as the agent of a hypervisor, and restores as a replica.</summary>
internal static class Recovery
{
    /// <summary>Takes snapshots of whatever the datastores have, for ever. The monitor of each machine is <c>qmp.sock</c> in its directory.</summary>
    internal static async Task<int> AgentAsync(string location, string store, string sshConfig)
    {
        var options = new RecoveryOptions { StoreDirectory = store, Ssh = new SshOptions { ConfigFile = sshConfig } };
        var probe = new RecoveryProbe(location);
        var guests = new QmpGuestDisks(new QmpOptions
        {
            MonitorSocket = vm => Directory.EnumerateFiles(location, "qmp.sock",
            SearchOption.AllDirectories).First(path => path.Contains($"/{vm}/", StringComparison.Ordinal))
        });
        var agent = new RecoveryAgent(async token => (await probe.FindAsync(token)).Disks, new RecoverySnapshots(guests, new LocalHost("here"), null,
            options), options);
        Console.WriteLine("ready");
        await foreach (RecoveryOutcome outcome in agent.RunAsync())
            Console.WriteLine(outcome.IsSuccess ? string.Create(CultureInfo.InvariantCulture, $"taken {outcome.State.Generation}")
                : $"failed {outcome.Error!.Message.ReplaceLineEndings(" ")}");
        return 0;
    }

    /// <summary>Restores the newest whole chain of a disk on another host, and says how.</summary>
    internal static async Task<int> RestoreAsync(string store, int vm, int disk, string sshConfig, string host, string vmDirectory)
    {
        var ssh = new SshOptions { ConfigFile = sshConfig };
        RecoverySelection selection = await new RecoveryStore(store).FindAsync(vm, disk);
        RestorePlan plan = RecoveryRestore.Plan(selection.Chain, "replica", new RestoreTarget(host, vmDirectory) { Ssh = ssh });
        Console.Write(plan);
        await foreach (RestoreStep step in RecoveryRestore.RunAsync(plan, new LocalHost("replica"), new SshHost(host,
            ssh))) Console.WriteLine($"done: {step.Text}");
        return 0;
    }
}
