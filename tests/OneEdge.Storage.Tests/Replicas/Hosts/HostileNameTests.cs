namespace OneEdge.Storage.Tests.Replicas;

public sealed class HostileNameTests : IDisposable
{
    private readonly ReplicaWorld _world = new();

    public static TheoryData<string> Names =>
    [
        "-rf $(touch owned) `touch owned` \"d\" 'q", "a\nb[$(touch owned)];touch owned\n", "$HOME ~ * # ! \\ \\n ü日\t&&{a,b}[c]|x>y",
            "a'$(touch owned)'b:/c%41".Replace("/", "", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Name_of_an_image_is_a_name_and_nothing_else(string name)
    {
        string image = _world.Image(name);
        byte[] content = _world.WriteImage(image, 1, 1);
        byte[] snapshot = _world.WriteImage($"{image}.snap/{name}", 1, 2);
        await _world.CloneAsync(7, "h1", "fe:" + image);
        Assert.Equal(content, File.ReadAllBytes(_world.On("replica", image)));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
        Assert.Equal(snapshot, File.ReadAllBytes(_world.On("h1", _world.Disk(7)) + ".snap/" + name));
        // And back, straight from host to host.
        string saved = _world.Image("saved " + name);
        await _world.RunAsync(ReplicaWorld.Facts(7), "CPDS", $"h1:{_world.Disk(7)}", "fe:" + saved, "-1", "7", "1");
        Assert.Equal(content, File.ReadAllBytes(saved));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_world.Location)!, "owned", SearchOption.AllDirectories));
        Assert.False(File.Exists("owned"));
    }

    public void Dispose() => _world.Dispose();
}
