using Microsoft.Extensions.DependencyInjection;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about transfers with a replica. Front-end, replica and hypervisor are this machine.</summary>
public sealed class ReplicaSnippets : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clone_is_planned_looked_at_and_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        CancellationToken ct = Token;
        const string host = "front-end", replica = "front-end";
        string image = _directory["1/0a1b"], disk = _directory["0/7/disk.0"], journal = _directory["journal"];
        Directory.CreateDirectory(_directory["1"]);
        await File.WriteAllTextAsync(image, "content", ct);

        // <snippet replica-clone>
        var hosts = new SshHosts(new LocalHost("front-end"));                       // this host, and all others by the system's ssh
        var settings = new TransferSettings { FrontEnd = "front-end" };
        var transfers = new TransferManager(hosts, settings, new FileTransferJournal(journal));

        var facts = new TransferFacts(new VmFacts(7) { SystemDatastoreId = 0, Disks = [new DiskFacts(0)] })
        {
            Datastores = [new DatastoreFacts(0, ReplicaHost: replica)],             // what the documents of the cloud say
        };
        var clone = new TransferRequest(TransferAction.Clone, new HostPath("front-end", image), facts) { Destination = new HostPath(host, disk) };

        TransferPlan plan = await transfers.PlanAsync(clone, ct);                   // looks at hosts, changes nothing
        Console.Write(plan);                                                        // a line a step; plan.ToJson() keeps it
        await foreach (TransferEvent item in transfers.RunAsync(plan, ct))
        {
            if (item is StepStarted step) Console.WriteLine(step.Step);
            if (item is TransferProgress on) Console.WriteLine($"{on.Bytes} of {on.TotalBytes} bytes, {on.BytesPerSecond / 1e6:0} MB/s");
        }
        // </snippet>
        Assert.Equal("content", await File.ReadAllTextAsync(disk, ct));

        // <snippet replica-words>
        TransferRequest request = transfers.Parse("CLONE", [$"front-end:{image}", $"{host}:{disk}", "7", "1"], facts);
        await foreach (TransferEvent item in transfers.RunAsync(request, ct))       // plans and runs; goes round a replica that fails meanwhile
            if (item is TransferNote note) Console.WriteLine(note.Text);
        // </snippet>
        Assert.Equal(clone.Destination, request.Destination);
    }

    [Fact]
    public async Task Sshrc_is_read_without_being_run()
    {
        CancellationToken ct = Token;
        string sshrc = _directory["sshrc"];
        await File.WriteAllTextAsync(sshrc, "REPLICA_MAX_SIZE_MB=100\nREPLICA_RECOVERY_SNAPS_DIR=/srv/snaps\n", ct);

        // <snippet replica-sshrc>
        ReplicaOptions replica = ReplicaOptions.ParseSshrc(await File.ReadAllTextAsync(sshrc, ct), sshrc);
        var settings = new TransferSettings { FrontEnd = "front-end", Replica = replica with { CopyLockTimeout = TimeSpan.FromMinutes(5) } };
        // </snippet>
        Assert.Equal((100, "/srv/snaps"), (settings.Replica.MaxSizeMb, settings.Layout().RecoverySnapshotsDirectory));
    }

    [Fact]
    public async Task Storage_is_registered()
    {
        var services = new ServiceCollection();
        string sshrc = _directory["sshrc"];
        await File.WriteAllTextAsync(sshrc, "", Token);

        // <snippet storage-services>
        services.AddOneEdgeStorage(options =>
        {
            options.HostName = "host-1";                                            // as OpenNebula knows this host; validated at start
            options.SshrcFile = sshrc;
            options.Recovery.KeepGenerations = 3;
        });
        // </snippet>
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<TransferManager>());
    }

    public void Dispose() => _directory.Dispose();
}
