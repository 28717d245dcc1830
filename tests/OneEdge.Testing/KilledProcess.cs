using System.Diagnostics;

namespace OneEdge.Testing;

/// <summary>A process that a test starts in order to kill it without warning.</summary>
public sealed class KilledProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private KilledProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The process number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program; its output goes to the test, its input stays open.</summary>
    public static KilledProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new KilledProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the program writes a line, and fails when it writes another one or ends.</summary>
    public async Task WaitForLineAsync(string expected, CancellationToken cancellationToken)
    {
        string? line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line is null)
        {
            await _process.WaitForExitAsync(cancellationToken);
            Assert.Fail($"The program ended with {_process.ExitCode} before it wrote '{expected}': {await _errors}");
        }

        Assert.Equal(expected, line);
    }

    /// <summary>The next line that the program writes.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The program ended: {await _errors}");

    /// <summary>The whole lines that the program, which is over, wrote and nobody has read.</summary>
    public async Task<string[]> ReadLinesLeftAsync(CancellationToken cancellationToken)
    {
        string text = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Ends the program's input and waits for its end.</summary>
    public async Task CloseInputAndWaitAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>kill -9 after a while, and waits until the process is gone.</summary>
    /// <param name="delay">The while.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="withChildren">Whether the programs that it started die with it.</param>
    /// <returns>Whether the process still ran.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan delay, CancellationToken cancellationToken, bool withChildren = false)
    {
        await Task.Delay(delay, cancellationToken);
        bool ran = !_process.HasExited;
        _process.Kill(withChildren);
        await _process.WaitForExitAsync(cancellationToken);
        return ran;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
