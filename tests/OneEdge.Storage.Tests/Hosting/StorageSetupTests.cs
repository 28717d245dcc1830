using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;
using OneEdge.Storage.Tests.Recovery;

namespace OneEdge.Storage.Tests.Hosting;

public sealed class StorageSetupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registered_transfers_make_a_disk_of_an_image_and_tell_the_registered_logger()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        var layout = new DatastoreLayout { OneLocation = _directory.Path };
        Directory.CreateDirectory(layout.Datastore(1));
        await File.WriteAllTextAsync(layout.Datastore(1) + "/abc", "content", Token);
        using var seen = new Telemetry();
        await using ServiceProvider provider = Provider(
            services => services.AddSingleton<ILoggerFactory>(seen).AddSingleton(typeof(ILogger<>), typeof(Logger<>)));

        TransferManager transfers = provider.GetRequiredService<TransferManager>();
        var facts = new TransferFacts(new VmFacts(7) { SystemDatastoreId = 0 });
        string disk = layout.Disk(0, 7, 0).Disk;
        TransferRequest clone = transfers.Parse("CLONE", [layout.Datastore(1) + "/abc", $"here:{disk}", "7", "1"], facts);
        await foreach (TransferEvent _ in transfers.RunAsync(clone, Token)) { }

        Assert.Equal("content", await File.ReadAllTextAsync(disk, Token));
        Assert.Contains(seen.Messages, message => message.Id.Name == "TransferFinished");
    }

    [Fact]
    public async Task Everything_resolves_and_nothing_is_touched_before_it_is_used()
    {
        await using ServiceProvider provider = Provider(_ => { });
        Assert.NotNull(provider.GetRequiredService<TransferManager>());
        Assert.NotNull(provider.GetRequiredService<RecoveryAgent>());
        Assert.NotNull(provider.GetRequiredService<RecoveryStore>());
        Assert.IsType<VirshGuestDisks>(provider.GetRequiredService<IGuestDisks>());
        Assert.IsType<SshHosts>(provider.GetRequiredService<IRemoteHosts>());
        Assert.Same(provider.GetRequiredService<LocalHost>(), provider.GetRequiredService<IRemoteHosts>().Get("here"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task What_is_registered_already_is_used()
    {
        var guests = new ImageGuests(null!);
        var clock = new FakeTimeProvider();
        var settings = new TransferSettings { FrontEnd = "other", Replica = new ReplicaOptions { RecoverySnapshotsDirectory = "/snaps" } };
        await using ServiceProvider provider = Provider(
            services => services.AddSingleton<IGuestDisks>(guests).AddSingleton<TimeProvider>(clock).AddSingleton(settings));
        Assert.Same(guests, provider.GetRequiredService<IGuestDisks>());
        RecoveryOptions recovery = provider.GetRequiredService<RecoveryOptions>();
        Assert.Equal("/snaps", recovery.StoreDirectory);
        Assert.Same(clock, recovery.TimeProvider);
    }

    [Fact]
    public async Task Sshrc_configures_transfers_and_recovery_snapshots()
    {
        await File.WriteAllTextAsync(_directory["sshrc"], "REPLICA_RECOVERY_SNAPS_DIR=/there\nREPLICA_SSH_OPTS=\"-o Compression=yes\"\n", Token);
        await using ServiceProvider provider = Provider(
            _ => { },
            options =>
            {
                options.SshrcFile = _directory["sshrc"];
                options.Ssh.ConfigFile = "/etc/ssh of ours";
                options.Ssh.Arguments.Add("-v");
                options.Recovery.KeepGenerations = 3;
                options.Recovery.Cycle = TimeSpan.FromSeconds(5);
            });
        Assert.Equal("/there", provider.GetRequiredService<TransferSettings>().Replica.RecoverySnapshotsDirectory);
        RecoveryOptions recovery = provider.GetRequiredService<RecoveryOptions>();
        Assert.Equal(("/there", 3, TimeSpan.FromSeconds(5)), (recovery.StoreDirectory, recovery.KeepGenerations, recovery.Schedule.Cycle));
        Assert.Equal(["-v", "-o", "Compression=yes"], recovery.Ssh.Arguments);
        Assert.Equal("/etc/ssh of ours", recovery.Ssh.ConfigFile);
        // The file is one of this host.
        Assert.DoesNotContain(provider.GetRequiredService<TransferSettings>().SshArguments, word => word.Contains("of ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_validated_when_the_application_starts()
    {
        await using ServiceProvider provider = new ServiceCollection().AddOneEdgeStorage(options =>
        {
            options.Recovery.KeepGenerations = 0;
            options.Recovery.StallTimeout = TimeSpan.Zero;
            options.Ssh.Program = "";
        }).BuildServiceProvider();
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);
        string[] wrong = ["HostName", "KeepGenerations", "StallTimeout must be between 00:00:01 and 1.00:00:00.", "Program"];
        Assert.All(wrong, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<TransferManager>);
    }

    [Fact]
    public async Task Names_that_ssh_could_take_for_something_else_are_refused()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddOneEdgeStorage(options => (options.HostName, options.FrontEnd) = ("-oProxyCommand=x", "a b")).BuildServiceProvider();
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<LocalHost>);
        Assert.Equal(2, error.Failures.Count(failure => failure.EndsWith("is no name of a host.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Registering_twice_registers_once_and_both_settings_count()
    {
        var services = new ServiceCollection();
        services.AddOneEdgeStorage(options => options.HostName = "here").AddOneEdgeStorage(options => options.FrontEnd = "fe");
        Assert.Single(services, service => service.ServiceType == typeof(TransferManager));
        Assert.Single(services, service => service.ImplementationType == typeof(OneEdgeStorageOptionsValidator));
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(("here", "fe"), (provider.GetRequiredService<LocalHost>().Name, provider.GetRequiredService<TransferSettings>().FrontEnd));
    }

    [Fact]
    public void Settings_are_bound_from_a_configuration_without_reflection()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:HostName"] = "host-1",
            ["Storage:FrontEnd"] = "fe",
            ["Storage:OneLocation"] = "/srv/one",
            ["Storage:SshrcFile"] = "/srv/sshrc",
            ["Storage:JournalDirectory"] = "/srv/journal",
            ["Storage:Ssh:Program"] = "/usr/bin/ssh",
            ["Storage:Ssh:ConfigFile"] = "/srv/ssh",
            ["Storage:Ssh:Arguments:0"] = "-C",
            ["Storage:Ssh:ConnectTimeout"] = "00:00:04",
            ["Storage:Ssh:SharedConnectionDirectory"] = "/run/ssh",
            ["Storage:Recovery:KeepGenerations"] = "4",
            ["Storage:Recovery:MaxParallel"] = "5",
            ["Storage:Recovery:StallTimeout"] = "00:00:06",
            ["Storage:Recovery:Cycle"] = "00:00:07",
            ["Storage:Recovery:FirstRetry"] = "00:00:08",
            ["Storage:Recovery:LongestRetry"] = "00:00:09",
            ["Storage:Recovery:LibvirtConnection"] = "qemu:///session",
        }).Build();
        var options = new OneEdgeStorageOptions();
        configuration.GetSection("Storage").Bind(options);
        Assert.Equal(
            ("host-1", "fe", "/srv/one", "/srv/sshrc", "/srv/journal"),
            (options.HostName, options.FrontEnd, options.OneLocation, options.SshrcFile, options.JournalDirectory));
        SshOptions ssh = options.Ssh.ToOptions();
        Assert.Equal(
            ("/usr/bin/ssh", "/srv/ssh", TimeSpan.FromSeconds(4), "/run/ssh"),
            (ssh.Program, ssh.ConfigFile, ssh.ConnectTimeout, ssh.SharedConnectionDirectory));
        Assert.Equal(["-C"], ssh.Arguments);
        RecoveryOptions recovery = options.Recovery.Over(RecoveryOptions.Default);
        Assert.Equal((4, 5, TimeSpan.FromSeconds(6)), (recovery.KeepGenerations, recovery.MaxParallel, recovery.StallTimeout));
        Assert.Equal(
            (TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9)),
            (recovery.Schedule.Cycle, recovery.Schedule.FirstRetry, recovery.Schedule.LongestRetry));
        Assert.Equal("qemu:///session", options.Recovery.LibvirtConnection);
    }

    [Fact]
    public void Defaults_of_the_settings_are_those_of_the_options()
    {
        var options = new OneEdgeStorageOptions();
        Assert.Equal(RecoveryOptions.Default, options.Recovery.Over(RecoveryOptions.Default));
        Assert.Equal(new VirshOptions().Connection, options.Recovery.LibvirtConnection);
        SshOptions ssh = options.Ssh.ToOptions();
        Assert.Equal(new SshOptions() with { Arguments = ssh.Arguments }, ssh);
        Assert.Empty(ssh.Arguments);
    }

    public void Dispose() => _directory.Dispose();

    private ServiceProvider Provider(Action<IServiceCollection> before, Action<OneEdgeStorageOptions>? configure = null)
    {
        var services = new ServiceCollection();
        before(services);
        services.AddOneEdgeStorage(options =>
        {
            options.HostName = "here";
            options.OneLocation = _directory.Path;
            options.JournalDirectory = _directory["journal"];
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}
