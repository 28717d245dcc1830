using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneEdge.Commands;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Commands;

public sealed class CliWrapCommandRunnerTests
{
    private readonly CliWrapCommandRunner _runner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_arrive_one_by_one_as_they_are()
    {
        string[] arguments =
        [
            "", " ", "a b", "\"", "'", "\\", "\\\"", "a\\\\",
            "$HOME", "`id`", "*", ";", "ä€", "-", "--x=y z", "a\nb", "\t", "|", ">", "#",
        ];
        CommandResult result = await _runner.RunAsync(new CommandSpec(TestProgram.Path, ["echo-args", .. arguments]), Token);
        Assert.Equal(arguments, result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<string>(line)!));
    }

    [Fact]
    public async Task Input_environment_and_directory_arrive()
    {
        using var directory = new TemporaryDirectory();
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("line\n", 50_000)));
        CommandResult cat = await _runner.RunAsync(new CommandSpec(TestProgram.Path, "cat") { StandardInput = input }, Token);
        Assert.Equal(Encoding.UTF8.GetString(input), cat.StandardOutput);

        var set = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ONEEDGE_TEST"] = "a b", ["HOME"] = null };
        foreach ((string name, string value) in new[] { ("ONEEDGE_TEST", "a b\n"), ("HOME", "(unset)\n") })
        {
            var spec = new CommandSpec(TestProgram.Path, "echo-environment", name) { Environment = set };
            Assert.Equal(value, (await _runner.RunAsync(spec, Token)).StandardOutput);
        }

        Assert.Equal(directory.Path + "\n", (await _runner.RunAsync(new CommandSpec("pwd") { WorkingDirectory = directory.Path }, Token)).StandardOutput);
    }

    [Fact]
    public async Task Failure_tells_everything_but_secrets()
    {
        string[] lines = [.. Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i} hunter2"))];
        var spec = new CommandSpec(TestProgram.Path, ["fail", "3", .. lines]) { Secrets = ["hunter2"], WorkingDirectory = "/" };
        CommandFailedException e = await Assert.ThrowsAsync<CommandFailedException>(() => _runner.RunAsync(spec, Token));

        Assert.Equal(3, e.ExitCode);
        Assert.Equal(CoreErrorCodes.CommandFailed, e.Code);
        Assert.Equal(20, e.LastErrorLines.Count);
        Assert.Equal("line 30 ***", e.LastErrorLines[^1]);
        Assert.Equal("line 1 ***", e.Arguments[2]);
        Assert.Contains("exit code 3", e.Message, StringComparison.Ordinal);
        Assert.Contains("in /", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", spec.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepted_exit_codes_are_results()
    {
        var spec = new CommandSpec(TestProgram.Path, "fail", "3");
        Assert.Equal(3, (await _runner.RunAsync(spec with { AcceptedExitCodes = [0, 3] }, Token)).ExitCode);
        Assert.Equal(3, (await _runner.RunAsync(spec with { AcceptedExitCodes = [] }, Token)).ExitCode);
    }

    [Fact]
    public async Task Signal_is_named()
    {
        CommandFailedException e = await Assert.ThrowsAsync<CommandFailedException>(() => _runner.RunAsync(new CommandSpec("sh", "-c", "kill -9 $$"), Token));
        Assert.Equal(9, e.Signal);
        Assert.Contains("signal 9", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_program_names_the_searched_directories()
    {
        var path = new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = "/nowhere/bin:/usr/bin" };
        ToolMissingException e = await Assert.ThrowsAsync<ToolMissingException>(
            () => _runner.RunAsync(new CommandSpec("no-such-tool") { Environment = path }, Token));
        Assert.Equal(["/nowhere/bin", "/usr/bin"], e.SearchedDirectories);
        Assert.Contains("/nowhere/bin, /usr/bin", e.Message, StringComparison.Ordinal);
        using var directory = new TemporaryDirectory();
        await Assert.ThrowsAsync<ToolMissingException>(() => _runner.RunAsync(new CommandSpec(directory.Write("not-executable", "x")), Token));
    }

    [Fact]
    public async Task Missing_working_directory_is_named()
    {
        OneEdgeException e = await Assert.ThrowsAsync<OneEdgeException>(
            () => _runner.RunAsync(new CommandSpec("pwd") { WorkingDirectory = "/no/such" }, Token));
        Assert.Equal(CoreErrorCodes.CommandNotStarted, e.Code);
        Assert.Contains("/no/such", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_limited_to_its_beginning_and_end()
    {
        CommandResult result = await _runner.RunAsync(new CommandSpec(TestProgram.Path, "flood", "50000000") { OutputLimit = 1000 }, Token);
        Assert.True(result.IsOutputTruncated);
        Assert.False(result.IsErrorTruncated);
        Assert.StartsWith("BEGINxxx", result.StandardOutput, StringComparison.Ordinal);
        Assert.EndsWith("xxxEND", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("[49999000 bytes left out]", result.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep")]
    [InlineData("sleep-stubborn")]
    public async Task Cancellation_ends_the_whole_tree(string mode)
    {
        using var source = new CancellationTokenSource();
        TimeSpan grace = mode == "sleep" ? TimeSpan.FromSeconds(60) : TimeSpan.FromMilliseconds(200);
        var spec = new CommandSpec(TestProgram.Path, "spawn-tree", mode) { GracePeriod = grace };
        List<int> processes = [];
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (CommandEvent item in _runner.ListenAsync(spec, source.Token))
            {
                if (item is CommandOutputLine line) processes.Add(int.Parse(line.Text, CultureInfo.InvariantCulture));
                if (processes.Count == 3) await source.CancelAsync();
            }
        });
        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Equal(3, processes.Distinct().Count());
        Assert.All(processes, process => Assert.False(IsRunning(process), $"{process} still runs"));
    }

    [Fact]
    public async Task Leaving_the_loop_ends_the_tree()
    {
        int process = 0;
        await foreach (CommandEvent item in _runner.ListenAsync(new CommandSpec(TestProgram.Path, "sleep"), Token))
        {
            if (item is not CommandOutputLine line) continue;
            process = int.Parse(line.Text, CultureInfo.InvariantCulture);
            break;
        }

        Assert.False(IsRunning(process));
    }

    [Fact]
    public async Task Time_limit_stops_the_program()
    {
        var spec = new CommandSpec("sleep", "600") { Timeout = TimeSpan.FromMilliseconds(100) };
        CommandTimeoutException e = await Assert.ThrowsAsync<CommandTimeoutException>(() => _runner.RunAsync(spec, Token));
        Assert.Equal(CoreErrorCodes.CommandTimeout, e.Code);
    }

    [Fact]
    public async Task Lines_come_as_events_with_secrets_masked()
    {
        var spec = new CommandSpec(TestProgram.Path, "say", "one", "two hunter2 three") { Secrets = ["hunter2"] };
        List<CommandEvent> events = [];
        await foreach (CommandEvent item in _runner.ListenAsync(spec, Token)) events.Add(item);
        Assert.IsType<CommandStarted>(events[0]);
        Assert.Equal([new CommandOutputLine("one"), new CommandOutputLine("two *** three")], events[1..^1]);
        Assert.Equal(0, Assert.IsType<CommandExited>(events[^1]).ExitCode);
    }

    [Fact]
    public async Task Failure_ends_the_events_with_an_exception()
    {
        List<CommandEvent> events = [];
        CommandFailedException e = await Assert.ThrowsAsync<CommandFailedException>(async () =>
        {
            await foreach (CommandEvent item in _runner.ListenAsync(new CommandSpec(TestProgram.Path, "fail", "2", "why"), Token)) events.Add(item);
        });
        Assert.Equal(["why"], e.LastErrorLines);
        Assert.Contains(new CommandErrorLine("why"), events);
    }

    [Fact]
    public async Task Log_shows_commands_without_secrets()
    {
        var logger = new ListLogger();
        var spec = new CommandSpec(TestProgram.Path, "say", "hunter2") { Secrets = ["hunter2"] };
        await new CliWrapCommandRunner(logger).RunAsync(spec, Token);
        Assert.Equal(2, logger.Lines.Count);
        Assert.All(logger.Lines, line => Assert.Contains("say ***", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Result_can_carry_secrets_when_asked_but_does_not_print_them()
    {
        var spec = new CommandSpec(TestProgram.Path, "say", "hunter2") { Secrets = ["hunter2"] };
        Assert.Equal("***\n", (await _runner.RunAsync(spec, Token)).StandardOutput);
        CommandResult raw = await _runner.RunAsync(spec with { MaskOutput = false }, Token);
        Assert.Equal("hunter2\n", raw.StandardOutput);
        Assert.DoesNotContain("hunter2", raw.ToString(), StringComparison.Ordinal);
    }

    private sealed class ListLogger : ILogger<CliWrapCommandRunner>
    {
        internal List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    private static bool IsRunning(int process)
    {
        string stat = $"/proc/{process}/stat";
        try
        {
            string text = File.ReadAllText(stat);
            return text[(text.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
