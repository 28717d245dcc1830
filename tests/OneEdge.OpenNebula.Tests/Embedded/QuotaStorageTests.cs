namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class QuotaStorageTests : IAsyncLifetime
{
    private const int Datastore = 1;

    private QuotaCloud _it = null!;

    public async ValueTask InitializeAsync() => _it = await QuotaCloud.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _it.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Image_counts_in_its_datastore_until_it_is_deleted()
    {
        int image = await ImageAsync("a", 10);
        Assert.Equal("10 1", await StoredAsync());
        int copy = await _it.Own.IdAsync("one.image.clone", image, "b", -1);
        Assert.Equal("20 2", await StoredAsync());
        await _it.Own.CallAsync("one.image.delete", image, false);
        await _it.Own.CallAsync("one.image.delete", copy, false);
        Assert.Equal("", await StoredAsync());
    }

    [Fact]
    public async Task Limits_of_a_datastore_refuse_images_and_copies()
    {
        await _it.LimitUserAsync("DATASTORE=[ID=1,SIZE=15,IMAGES=2]");
        int image = await ImageAsync("a", 10);
        string size = $"User [{_it.User}] : user [{_it.User}] limit of 15 reached for SIZE quota in DATASTORE with ID: 1.";
        await _it.Own.AssertRefusedAsync(512, size, "one.image.allocate", "NAME=b\nTYPE=DATABLOCK\nSIZE=6", Datastore, false);
        await _it.Own.AssertRefusedAsync(512, size, "one.image.clone", image, "b", -1);
        await ImageAsync("b", 5);
        await _it.LimitUserAsync("DATASTORE=[ID=1,IMAGES=2]");
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 2 reached for IMAGES quota in DATASTORE with ID: 1.", "one.image.clone", image, "c", -1);
        Assert.Equal("15 2", await StoredAsync());
    }

    [Fact]
    public async Task Image_moves_with_its_owner()
    {
        int image = await ImageAsync("a", 10);
        await _it.LimitGroupAsync("DATASTORE=[ID=1,SIZE=10]");
        int other = await _it.Admin.IdAsync("one.image.allocate", "NAME=o\nTYPE=DATABLOCK\nSIZE=1", Datastore, false);
        await _it.Admin.AssertRefusedAsync(
            512, $"User [0] : group [{_it.Group}] limit of 10 reached for SIZE quota in DATASTORE with ID: 1.", "one.image.chown", other, _it.User, _it.Group);
        await _it.Admin.CallAsync("one.image.chown", image, 0, 0);
        await _it.Admin.CallAsync("one.image.chown", other, _it.User, _it.Group);
        Assert.Equal("1 1", await StoredAsync());
    }

    [Fact]
    public async Task Disks_of_an_image_are_counted_and_limited()
    {
        int image = await ImageAsync("a", 10);
        int vm = await _it.MachineAsync($"DISK=[IMAGE_ID={image}]\nDISK=[IMAGE=a]");
        Assert.Equal("2", await _it.UsedAsync("IMAGE", image, "RVMS"));
        Assert.Equal("20", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.LimitUserAsync($"IMAGE=[ID={image},RVMS=3]");
        string problem = $"User [{_it.User}] : user [{_it.User}] limit of 3 reached for RVMS quota in IMAGE with ID: {image}.";
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.allocate", $"CPU=1\nMEMORY=64\nDISK=[IMAGE_ID={image}]\nDISK=[IMAGE_ID={image}]", true);
        Assert.Equal("2", await _it.UsedAsync("IMAGE", image, "RVMS"));
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.attach", vm, $"DISK=[IMAGE_ID={image}]");
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.attach", vm, $"DISK=[IMAGE_ID={image}]");
        Assert.Equal("30", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.Own.CallAsync("one.vm.detach", vm, 2);
        Assert.Equal("2", await _it.UsedAsync("IMAGE", image, "RVMS"));
        await _it.Own.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal("0", QuotaCloud.Used(await _it.Admin.XmlAsync("one.user.info", _it.User), "IMAGE", image, "RVMS"));
        Assert.Equal("", QuotaCloud.Used(await _it.Admin.XmlAsync("one.group.info", _it.Group), "IMAGE", image, "RVMS"));
    }

    [Fact]
    public async Task Volatile_disks_and_grown_ones_count_in_the_system()
    {
        int vm = await _it.MachineAsync("DISK=[TYPE=fs,SIZE=10]");
        Assert.Equal("10", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.attach", vm, "DISK=[TYPE=swap,SIZE=5]");
        await _it.Own.CallAsync("one.vm.diskresize", vm, 0, "20");
        Assert.Equal("25", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.LimitUserAsync("VM=[SYSTEM_DISK_SIZE=30]");
        string problem = $"User [{_it.User}] : user [{_it.User}] limit of 30 reached for SYSTEM_DISK_SIZE quota in VM.";
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.diskresize", vm, 0, "26");
        await _it.Own.AssertRefusedAsync(512, problem, "one.vm.attach", vm, "DISK=[TYPE=fs,SIZE=6]");
        await _it.Own.CallAsync("one.vm.detach", vm, 1);
        Assert.Equal("20", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
    }

    [Fact]
    public async Task Snapshots_of_a_disk_count_as_much_as_the_disk()
    {
        int image = await ImageAsync("a", 10);
        int vm = await _it.MachineAsync($"DISK=[IMAGE_ID={image}]");
        await _it.DeployAsync(vm);
        await _it.LimitUserAsync("VM=[SYSTEM_DISK_SIZE=30]");
        await _it.Own.CallAsync("one.vm.disksnapshotcreate", vm, 0, "one");
        await _it.Own.CallAsync("one.vm.disksnapshotcreate", vm, 0, "two");
        Assert.Equal("30", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 30 reached for SYSTEM_DISK_SIZE quota in VM.", "one.vm.disksnapshotcreate", vm, 0, "three");
        await _it.Own.CallAsync("one.vm.disksnapshotdelete", vm, 0, 1);
        Assert.Equal("20", await _it.UsedAsync("VM", null, "SYSTEM_DISK_SIZE"));
        Assert.Equal("10 1", await StoredAsync());
    }

    [Fact]
    public async Task Persistent_disk_grows_for_the_owner_of_the_image()
    {
        int image = await ImageAsync("a", 10);
        await _it.Own.CallAsync("one.image.persistent", image, true);
        int vm = await _it.Admin.IdAsync("one.vm.allocate", $"CPU=1\nMEMORY=64\nDISK=[IMAGE_ID={image}]", true);
        await _it.DeployAsync(vm);
        await _it.Admin.CallAsync("one.vm.disksnapshotcreate", vm, 0, "one");
        Assert.Equal("20 1", await StoredAsync());
        await _it.LimitUserAsync("DATASTORE=[ID=1,SIZE=25]");
        await _it.Admin.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 25 reached for SIZE quota in DATASTORE with ID: 1.", "one.vm.diskresize", vm, 0, "16");
        await _it.LimitUserAsync("DATASTORE=[ID=1,SIZE=22]");
        await _it.Admin.CallAsync("one.vm.diskresize", vm, 0, "12");
        await _it.Admin.AssertRefusedAsync(
            512, $"User [0] : user [{_it.User}] limit of 22 reached for SIZE quota in DATASTORE with ID: 1.", "one.vm.disksnapshotcreate", vm, 0, "two");
        Assert.Equal("22 1", await StoredAsync());
        await _it.Admin.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal("22 1", await StoredAsync());
    }

    [Fact]
    public async Task Saved_disk_counts_for_who_saves_it()
    {
        int image = await ImageAsync("a", 10);
        int vm = await _it.MachineAsync($"DISK=[IMAGE_ID={image}]");
        await _it.DeployAsync(vm);
        await _it.Own.CallAsync("one.vm.disksaveas", vm, 0, "saved", "", -1);
        Assert.Equal("20 2", await StoredAsync());
        await _it.LimitUserAsync("DATASTORE=[ID=1,IMAGES=2]");
        await _it.Own.AssertRefusedAsync(
            512, $"User [{_it.User}] : user [{_it.User}] limit of 2 reached for IMAGES quota in DATASTORE with ID: 1.",
            "one.vm.disksaveas", vm, 0, "again", "", -1);
    }

    [Fact]
    public async Task Backup_counts_for_the_owner_of_the_machine()
    {
        int backups = await _it.Admin.IdAsync("one.datastore.allocate", "NAME=b\nTYPE=BACKUP_DS\nDS_MAD=dummy\nTM_MAD=dummy", -1);
        int image = await ImageAsync("a", 10);
        int vm = await _it.MachineAsync($"DISK=[IMAGE_ID={image}]");
        await _it.DeployAsync(vm);
        await _it.LimitUserAsync($"DATASTORE=[ID={backups},SIZE=9]");
        await _it.Admin.AssertRefusedAsync(
            512, $"User [0] : user [{_it.User}] limit of 9 reached for SIZE quota in DATASTORE with ID: {backups}.", "one.vm.backup", vm, backups, false);
        await _it.LimitUserAsync($"DATASTORE=[ID={backups},SIZE=2000]");
        await _it.Admin.CallAsync("one.vm.backup", vm, backups, false);
        Assert.Equal("1024 1", await _it.UsedAsync("DATASTORE", backups, "SIZE", "IMAGES"));
    }

    private Task<int> ImageAsync(string name, int size) =>
        _it.Own.IdAsync("one.image.allocate", $"NAME={name}\nTYPE=DATABLOCK\nSIZE={size}", Datastore, false);

    private Task<string> StoredAsync() => _it.UsedAsync("DATASTORE", Datastore, "SIZE", "IMAGES");
}
