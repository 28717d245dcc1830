using OneEdge.Commands;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>A replica that tells anything: it decides over no path, and nothing it tells is taken for a chain.</summary>
public sealed class HostileStoreTests
{
    private const string Digest = "sha256 0000000000000000000000000000000000000000000000000000000000000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7/disk.0.snap/../..")]
    [InlineData("../7/disk.0.snap")]
    [InlineData("7/disk.../etc.snap")]
    [InlineData("/etc/passwd")]
    [InlineData("07/disk.0.snap")]
    [InlineData("7/.oneedge/disk.0/../../..")]
    [InlineData("99999999999999999999/disk.0.snap")]
    [InlineData("7/disk.-1.snap")]
    public async Task Name_that_is_no_disk_is_left_alone(string name)
    {
        var host = new TellingHost { ["list-disks"] = name + "\n" };
        Assert.Empty(await new RecoveryStore(host, "/snaps").ListAsync(cancellationToken: Token));
        Assert.Equal(["list-disks"], host.Asked.Select(script => script.Name));
    }

    [Fact]
    public async Task Machine_that_was_not_asked_for_is_left_alone()
    {
        var host = new TellingHost { ["list-disks"] = "8/disk.0.snap\n7/disk.1.snap\n", ["list-chains"] = "" };
        await new RecoveryStore(host, "/snaps").ListAsync(7, Token);
        Assert.Equal(["/snaps/7", "disk.1"], host.Asked[^1].Arguments);
        Assert.Equal(2, host.Asked.Count);
    }

    [Theory]
    [InlineData("chain x 0 -")]
    [InlineData("chain -1 0 -")]
    [InlineData("chain ../1 0 -")]
    [InlineData("chain 1 99999999999999999 -")]
    [InlineData("chain 1 x -")]
    [InlineData("chain 1 0 ***")]
    [InlineData("chain 1 0")]
    [InlineData("file base.1 1:1 1 1 1 AA==")]
    [InlineData("chain 0 0 -\nfile base.2 1:1 1 1 1 AA==")]
    [InlineData("chain 0 0 -\nfile base 1:1 -1 1 1 AA==")]
    [InlineData("chain 0 0 -\nfile base 1:1 9223372036854775807 1 1 AA==")]
    [InlineData("chain 0 0 -\nfile base 1:1 1 9223372036854775807 1 AA==")]
    [InlineData("chain 0 0 -\nfile base 1:1 1 1 1 AA==\nfile base 1:1 1 1 1 AA==")]
    [InlineData("chain 0 0 -\nfile base 1:1 1 1 1 ****")]
    [InlineData("anything")]
    public async Task Malformed_answer_is_an_error(string answer)
    {
        var host = new TellingHost { ["list-chains"] = answer + "\n" };
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => new RecoveryStore(host, "/snaps").FindAsync(7, 0, null, Token));
        Assert.Equal(StorageErrorCodes.RecoveryAnswer, failure.Code);
    }

    [Theory]
    [InlineData("AAAA", 1000)]
    [InlineData("UUZJ+wAAAAM=", 8)]
    [InlineData("UUZJ+wAAAAM=", 100000)]
    public async Task Header_that_is_none_or_cut_is_a_problem_of_the_chain(string head, int length)
    {
        string file = FormattableString.Invariant($"1:1 {length} 1 1 {head}");
        var host = new TellingHost { ["list-chains"] = $"chain 0 0 -\nfile base.1 {file}\nfile base {file}\n" };
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => new RecoveryStore(host, "/snaps").FindAsync(7, 0, null, Token));
        Assert.Equal(StorageErrorCodes.NoRecoveryChain, failure.Code);
        Assert.Equal(["list-chains"], host.Asked.Select(script => script.Name));
    }

    [Fact]
    public async Task Answer_that_was_cut_because_of_its_length_is_an_error()
    {
        var host = new TellingHost { ["list-disks"] = "7/disk.0.snap\n", IsEndless = true };
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => new RecoveryStore(host, "/snaps").ListAsync(cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.RecoveryAnswer, failure.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Digest)]
    [InlineData(Digest + "\n" + Digest + "0")]
    [InlineData(Digest + "\nsha256 $(id)")]
    [InlineData(Digest + "\n" + Digest + "\n" + Digest)]
    public async Task Digests_that_are_none_are_an_error(string answer)
    {
        using var directory = new TemporaryDirectory();
        await Qcow2Image.CreateAsync(directory["base"], 1 << 20, cancellationToken: Token);
        Directory.CreateDirectory(directory["disk.0.snap"]);
        File.Move(directory["base"], directory["disk.0.snap/base"]);
        var options = new Qcow2OverlayOptions { OpensBacking = false, VirtualSize = 1 << 20 };
        await Qcow2Image.CreateOverlayAsync(directory["base.1"], "disk.0.snap/base", options, Token);
        var host = new TellingHost
        {
            ["list-chains"] = $"chain 0 0 -\nfile base.1 1:1 {Head(directory["base.1"])}\nfile base 1:2 {Head(directory["disk.0.snap/base"])}\n",
            ["check-chain"] = "check 0 \ncheck 3 \n",
            ["digest-chain"] = answer + "\n",
        };
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => new RecoveryStore(host, "/snaps").FindAsync(7, 0, null, Token));
        Assert.Equal(StorageErrorCodes.RecoveryAnswer, failure.Code);
        host["digest-chain"] = Digest + "\n" + Digest + "\n";
        Assert.Equal(1 << 20, (await new RecoveryStore(host, "/snaps").FindAsync(7, 0, null, Token)).Chain.VirtualSize);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    public void Store_of_a_host_has_an_absolute_directory(string directory) =>
        Assert.ThrowsAny<ArgumentException>(() => new RecoveryStore(new TellingHost(), directory));

    private static string Head(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return FormattableString.Invariant($"{bytes.Length} 8 1 {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(4096, bytes.Length)))}");
    }

    /// <summary>A host that has an answer for each script, by its name.</summary>
    private sealed class TellingHost : IRemoteHost
    {
        private readonly Dictionary<string, string> _answers = [];

        public string Name => "told";

        public bool IsEndless { get; init; }

        public List<HostScript> Asked { get; } = [];

        public string this[string script]
        {
            get => _answers[script];
            set => _answers[script] = value;
        }

        public Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default)
        {
            Asked.Add(script);
            return Task.FromResult(new CommandResult
            {
                ExitCode = 0,
                StandardOutput = _answers[script.Name],
                StandardError = "",
                Duration = TimeSpan.Zero,
                IsOutputTruncated = IsEndless,
            });
        }

        public IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
