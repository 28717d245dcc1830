using System.Diagnostics;
using System.Net.Sockets;
using OneEdge.Commands;

namespace OneEdge.Storage.Tests;

public sealed class HostTests : IDisposable
{
    private const string ShowArguments = "for word in \"$@\"; do printf '<%s>' \"$word\"; done";
    private readonly TemporaryDirectory _directory = new();
    private readonly SshWorld? _world;

    public HostTests()
    {
        if (OperatingSystem.IsLinux()) _world = new SshWorld(Path.Combine(_directory.Path, "ssh"));
    }

    public static TheoryData<string> Words =>
        ["", " ", "a b", "'", "''", "\"", "$HOME", "`id`", "$(id)", "\\", "a\nb", "-n", "*", "~", "é 日本", "\t", "!x", "a'b\"c$d`e\\f", "\u0001"];

    private string Sockets => Path.Combine(_directory.Path, "c");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Local_argument_reaches_the_script_as_it_is(string word)
    {
        CommandResult result = await new LocalHost("here").RunAsync(new HostScript("show", ShowArguments, word, "end"), Token);
        Assert.Equal($"<{word}><end>", result.StandardOutput);
    }

    [Fact]
    public async Task Remote_arguments_reach_the_script_as_they_are()
    {
        IRemoteHost host = Remote("there");
        string[] words = [.. Words.Select(row => row.Data)];
        CommandResult result = await host.RunAsync(new HostScript("show", ShowArguments, words), Token);
        Assert.Equal(string.Concat(words.Select(word => $"<{word}>")), result.StandardOutput);
    }

    [Fact]
    public async Task Command_of_a_remote_script_cannot_read_the_rest_of_it()
    {
        CommandResult result = await Remote("there").RunAsync(new HostScript("read", "cat\necho after"), Token);
        Assert.Equal("after\n", result.StandardOutput);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failure_tells_host_script_code_and_what_was_said(bool isRemote)
    {
        IRemoteHost host = isRemote ? Remote("there") : new LocalHost("there");
        HostException failure = await Assert.ThrowsAsync<HostException>(() => host.RunAsync(new HostScript("break", "echo why >&2; exit 7", "x"), Token));
        Assert.Equal((StorageErrorCodes.HostCommand, "there", 7), (failure.Code, failure.Host, failure.ExitCode));
        Assert.Contains("why", failure.Message, StringComparison.Ordinal);
        Assert.Contains("break 'x'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_host_is_told_from_a_script_that_fails()
    {
        IRemoteHost host = Remote("there");
        _world!.Kill("there");
        HostException failure = await Assert.ThrowsAsync<HostException>(() => host.RunAsync(new HostScript("look", "true"), Token));
        Assert.Equal(StorageErrorCodes.HostUnreachable, failure.Code);
    }

    [Fact]
    public async Task Output_comes_line_by_line()
    {
        List<string> lines = [];
        await foreach (CommandEvent item in Remote("there").ListenAsync(new HostScript("count", "for i in 1 2 3; do echo $i; done"), Token))
            if (item is CommandOutputLine line) lines.Add(line.Text);
        Assert.Equal(["1", "2", "3"], lines);
    }

    [Fact]
    public async Task Connection_is_shared_and_ends_with_its_time()
    {
        IRemoteHost host = Remote("there", Shared(TimeSpan.FromSeconds(1)));
        const string Client = "echo $SSH_CONNECTION";
        string first = (await host.RunAsync(new HostScript("one", Client), Token)).StandardOutput;
        Assert.Equal(first, (await host.RunAsync(new HostScript("two", Client), Token)).StandardOutput);
        var clock = Stopwatch.StartNew();
        while (Directory.EnumerateFiles(Sockets).Any(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(50, Token);
        }

        Assert.NotEqual(first, (await host.RunAsync(new HostScript("three", Client), Token)).StandardOutput);
    }

    [Fact]
    public async Task Cancelled_script_that_came_first_leaves_the_shared_connection_to_the_others()
    {
        IRemoteHost host = Remote("there", Shared(TimeSpan.FromSeconds(30)));
        const string Wait = """echo "$SSH_CONNECTION" > "$1/$2.new"; mv "$1/$2.new" "$1/$2"; while [ ! -e "$1/go" ]; do sleep 0.02; done; echo "done $2" """;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<CommandResult>[] scripts = [.. Enumerable.Range(0, 4).Select(
            i => host.RunAsync(new HostScript("wait", Wait, _directory.Path, $"{i}"), i == 0 ? cancelled.Token : Token))];
        var clock = Stopwatch.StartNew();
        while (!Enumerable.Range(0, 4).All(i => File.Exists(Path.Combine(_directory.Path, $"{i}"))))
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(20, Token);
        }

        Assert.Single(Enumerable.Range(0, 4).Select(i => File.ReadAllText(Path.Combine(_directory.Path, $"{i}"))).Distinct());
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scripts[0]);
        File.WriteAllText(Path.Combine(_directory.Path, "go"), "");
        for (int i = 1; i < 4; i++) Assert.Equal($"done {i}\n", (await scripts[i]).StandardOutput);
        Assert.Contains("done", (await host.RunAsync(new HostScript("wait", Wait, _directory.Path, "5"), Token)).StandardOutput, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(_directory.Path, "1")), File.ReadAllText(Path.Combine(_directory.Path, "5")));
    }

    [Fact]
    public async Task Socket_of_a_dead_connection_is_replaced()
    {
        IRemoteHost host = Remote("there", Shared(TimeSpan.FromSeconds(30)));
        const string Client = "echo $SSH_CONNECTION";
        await host.RunAsync(new HostScript("one", Client), Token);
        string socket = Directory.EnumerateFiles(Sockets).Single(file => !file.EndsWith(".lock", StringComparison.Ordinal));
        File.Delete(socket);
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Path.Combine(Sockets, "dead")));
            File.Move(Path.Combine(Sockets, "dead"), socket);
        }

        string second = (await host.RunAsync(new HostScript("two", Client), Token)).StandardOutput;
        Assert.Equal(second, (await host.RunAsync(new HostScript("three", Client), Token)).StandardOutput);
    }

    [Fact]
    public async Task Dead_host_is_told_also_when_the_connection_is_shared()
    {
        IRemoteHost host = Remote("there", Shared(TimeSpan.FromSeconds(30)));
        _world!.Kill("there");
        HostException failure = await Assert.ThrowsAsync<HostException>(() => host.RunAsync(new HostScript("look", "true"), Token));
        Assert.Equal(StorageErrorCodes.HostUnreachable, failure.Code);
    }

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("")]
    public void Name_that_is_no_host_is_refused(string name) => Assert.ThrowsAny<ArgumentException>(() => new SshHost(name));

    public void Dispose()
    {
        _world?.Dispose();
        _directory.Dispose();
    }

    private SshOptions Shared(TimeSpan lifetime) =>
        new() { SharedConnectionDirectory = Directory.CreateDirectory(Sockets).FullName, SharedConnectionLifetime = lifetime };

    private SshHost Remote(string name, SshOptions? options = null)
    {
        Assert.SkipWhen(_world is null, "Needs sshd.");
        _world.Start(name);
        return new SshHost(name, (options ?? new SshOptions()) with { ConfigFile = _world.ConfigFile });
    }
}
