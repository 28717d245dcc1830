using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>The failures of transfers between hosts that the original is known for, by their numbers: here they do not happen.</summary>
public sealed class RemoteFailureWindowTests : IDisposable
{
    private readonly ReplicaWorld _world = new();

    [Fact]
    public async Task Window_1_unfinished_copy_has_no_final_name_and_missing_snapshots_are_noticed()
    {
        byte[] content = _world.WriteImage(_world.Image(), 1, 1);
        byte[] snapshot = _world.WriteImage(_world.Image() + ".snap/0", 1, 2);
        File.WriteAllText(_world.Image() + ".md5sum", "digest");
        string cached = _world.On("replica", _world.Image());
        var hosts = new CountingHosts(_world.Hosts())
        {
            Before = (_, script, _) =>
            {
                if (script.Name == "publish-image") Assert.Equal([".monitor", ".oneedge"],
                    Directory.GetFileSystemEntries(Path.GetDirectoryName(cached)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
                return Task.CompletedTask;
            },
        };
        await CloneAsync(7, hosts);
        Assert.Equal(1, hosts.Count("publish-image"));
        hosts.Before = (_, _, _) => Task.CompletedTask;

        // As a copy that was cut behind the digest file: the original calls it complete.
        File.Delete(cached + ".snap/0");
        Assert.Equal("digest", File.ReadAllText(cached + ".md5sum"));
        await CloneAsync(8, hosts);
        Assert.Equal(snapshot, File.ReadAllBytes(cached + ".snap/0"));
        Assert.Equal(snapshot, File.ReadAllBytes(_world.On("h1", _world.Disk(8)) + ".snap/0"));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(8))));
    }

    [Fact]
    public async Task Window_2_several_images_are_evicted_at_once_with_all_their_files_and_the_action_succeeds()
    {
        _world.Settings = _world.Settings with { Replica = _world.Settings.Replica with { MaxSizeMb = 3 } };
        string datastore = _world.On("replica", _world.Datastores + "/1");
        Directory.CreateDirectory(datastore);
        foreach (string name in new[] { "a1", "a2" })
        {
            // As the original left them.
            File.WriteAllBytes($"{datastore}/{name}", new byte[1 << 20]);
            File.WriteAllText($"{datastore}/{name}.md5sum", "x");
            Directory.CreateDirectory($"{datastore}/{name}.snap");
            File.WriteAllBytes($"{datastore}/{name}.snap/0", new byte[400 << 10]);
        }

        byte[] content = new byte[2 << 20];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(_world.Image(), content);
        List<TransferEvent> events = await CloneAsync(7, new CountingHosts(_world.Hosts()));
        Assert.DoesNotContain(events, item => item is TransferNote);
        Assert.Equal([".monitor", ".oneedge", "0a1b"], Directory.GetFileSystemEntries(datastore).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
    }

    [Fact]
    public async Task Window_4_read_error_on_the_replica_fails_the_copy_and_leaves_no_disk()
    {
        _world.WriteImage(_world.Image(), 1, 1);
        var hosts = new CountingHosts(_world.Hosts())
        {
            Instead = (host, script) => script.Name != "send" ? script
                : new HostScript(
                    script.Name, "tar() { command tar \"$@\" | head -c 300000; return 2; }\n" + script.Text, script.Arguments)
                { ForwardsAgent = true },
        };
        HostException failure = await Assert.ThrowsAsync<HostException>(() => CloneAsync(7, hosts));
        Assert.Equal("replica", failure.Host);
        Assert.Empty(Directory.GetFileSystemEntries(_world.On("h1", Path.GetDirectoryName(_world.Disk(7))!)));
    }

    [Fact]
    public async Task Window_4_data_that_end_early_without_an_error_are_not_taken_for_a_disk()
    {
        _world.WriteImage(_world.Image(), 1, 1);
        // A whole archive, but of another file under the same name.
        const string other = """
            tar() {
              local work
              work=$(mktemp -d)
              head -c 5000 < /dev/zero > "$work/disk"
              command tar -C "$work" -cf - --transform "s|disk|$name|" disk
              rm -r "$work"
            }

            """;
        int sends = 0;
        var hosts = new CountingHosts(_world.Hosts())
        {
            Instead = (_, script) => script.Name != "send" || sends++ > 0 ? script
                : new HostScript(script.Name, other + script.Text, script.Arguments) { ForwardsAgent = true },
        };
        await CloneAsync(7, hosts);
        Assert.Equal(2, sends);
        Assert.Equal(File.ReadAllBytes(_world.Image()), File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
    }

    [Fact]
    public async Task Window_10_replica_that_is_down_does_not_keep_a_machine_from_its_end()
    {
        _world.WriteImage(_world.Image(), 1, 1);
        await _world.CloneAsync(7, "h1", _world.Image());
        _world.Kill("replica");
        List<TransferEvent> events = await _world.RunAsync(ReplicaWorld.Facts(7), "DELETE", $"h1:{Path.GetDirectoryName(_world.Disk(7))}", "7", "0");
        Assert.False(Directory.Exists(_world.On("h1", Path.GetDirectoryName(_world.Disk(7))!)));
        Assert.Contains(events, item => item is TransferNote note && note.Text.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Directory_of_a_machine_moves_with_links_and_holes()
    {
        string image = _world.WriteQcow2(_world.Image(), 2, 1);
        await _world.CloneAsync(7, "h1", image, ReplicaWorld.WithRecovery());
        string directory = Path.GetDirectoryName(_world.Disk(7))!;
        await _world.RunAsync(ReplicaWorld.Facts(7), "MV", $"h1:{directory}", $"h2:{directory}", "7", "0");
        Assert.False(Directory.Exists(_world.On("h1", directory)));
        Assert.Equal("disk.0.snap/base.1", new FileInfo(_world.On("h2", _world.Disk(7))).LinkTarget);
        ReplicaWorld.Run("qemu-img", "compare", image, _world.On("h2", _world.Disk(7)));
        Assert.Equal("ssh\n", File.ReadAllText(_world.On("h2", _world.Datastores + "/0/.monitor")));
        Assert.Empty(_world.Leftovers("h2"));
    }

    public void Dispose() => _world.Dispose();

    private async Task<List<TransferEvent>> CloneAsync(int vm, CountingHosts hosts)
    {
        TransferManager driver = _world.Driver(hosts);
        string number = vm.ToString(System.Globalization.CultureInfo.InvariantCulture);
        List<TransferEvent> events = [];
        await foreach (TransferEvent item in driver.RunAsync(
            driver.Parse("CLONE", [_world.Image(), $"h1:{_world.Disk(vm)}", number, "1"], ReplicaWorld.Facts(vm)), ReplicaWorld.Token)) events.Add(item);
        return events;
    }
}
