using OneEdge.Storage;
using OneEdge.Storage.Replicas;

namespace OneEdge.TestProgram;

/// <summary>Runs one action of a transfer driver, with a replica named <c>replica</c>, until it is done or killed.</summary>
internal static class Transfer
{
    internal static async Task<int> RunAsync(string sshConfig, string location, string journal, string action, int vm, string[] words)
    {
        var hosts = new SshHosts(new LocalHost("fe"), new SshOptions { ConfigFile = sshConfig });
        var settings = new TransferSettings
        {
            FrontEnd = "fe",
            OneLocation = location,
            SshArguments = ["-F", sshConfig, "-oBatchMode=yes"],
            Replica = new ReplicaOptions { RecoverySnapshotsDirectory = location + "/var/datastores/replica_snaps", MaxUsedPercent = 100 },
            CacheLockLifetime = TimeSpan.FromSeconds(6),
        };
        var facts = new TransferFacts(
            new VmFacts(vm) { SystemDatastoreId = 0, Disks = [new DiskFacts(0) { RecoverySnapshotFrequency = TimeSpan.FromMinutes(1) }] })
        {
            Datastores = [new DatastoreFacts(0, "replica")],
        };
        var driver = new TransferManager(hosts, settings, new FileTransferJournal(journal));
        Console.WriteLine("ready");
        await foreach (TransferEvent item in driver.RunAsync(driver.Parse(action, words, facts)))
            if (item is StepFinished or StepSkipped or TransferNote) Console.WriteLine(item);
        Console.WriteLine("done");
        return 0;
    }
}
