using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class CrossProcessLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => _directory["lock"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Lock_of_another_process_is_waited_for_and_its_holder_named()
    {
        using var holder = KilledProcess.Start(TestProgram.Path, "hold-lock", File);
        await holder.WaitForLineAsync("held", Token);

        LockTimeoutException e = await Assert.ThrowsAsync<LockTimeoutException>(
            () => CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token));
        Assert.Equal(holder.Id, e.HolderProcessId);
        Assert.Contains(holder.Id.ToString(CultureInfo.InvariantCulture), e.Message, StringComparison.Ordinal);
        Assert.Contains(File, e.Message, StringComparison.Ordinal);

        Task<CrossProcessLock> waiting = CrossProcessLock.AcquireAsync(File, TimeSpan.FromSeconds(60), cancellationToken: Token);
        Assert.False(waiting.IsCompleted);
        await holder.CloseInputAndWaitAsync(Token);
        using CrossProcessLock acquired = await waiting;
    }

    [Fact]
    public async Task Lock_ends_with_a_killed_process()
    {
        using var holder = KilledProcess.Start(TestProgram.Path, "hold-lock", File);
        await holder.WaitForLineAsync("held", Token);
        Assert.Null(CrossProcessLock.TryAcquire(File));
        await holder.KillAfterAsync(TimeSpan.Zero, Token);
        using CrossProcessLock? acquired = CrossProcessLock.TryAcquire(File);
        Assert.NotNull(acquired);
    }

    [Fact]
    public async Task Lock_excludes_within_one_process_too()
    {
        using (CrossProcessLock first = await CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token))
        {
            LockTimeoutException e = await Assert.ThrowsAsync<LockTimeoutException>(
                () => CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token));
            Assert.Equal(Environment.ProcessId, e.HolderProcessId);
        }

        using CrossProcessLock second = await CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token);
        second.Dispose();
    }

    [Fact]
    public async Task Waiting_follows_the_given_clock()
    {
        using CrossProcessLock held = await CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token);
        var time = new FakeTimeProvider();
        Task<CrossProcessLock> waiting = CrossProcessLock.AcquireAsync(File, TimeSpan.FromHours(1), time, Token);
        Assert.False(waiting.IsCompleted);
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
        }

        LockTimeoutException e = await Assert.ThrowsAsync<LockTimeoutException>(() => waiting);
        Assert.Contains("after", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using CrossProcessLock held = await CrossProcessLock.AcquireAsync(File, TimeSpan.Zero, cancellationToken: Token);
        using var source = new CancellationTokenSource();
        Task<CrossProcessLock> waiting = CrossProcessLock.AcquireAsync(File, Timeout.InfiniteTimeSpan, cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Link_in_place_of_the_lock_is_refused()
    {
        System.IO.File.CreateSymbolicLink(File, _directory.Write("elsewhere", "x"));
        Assert.Throws<PathRefusedException>(() => CrossProcessLock.TryAcquire(File));
        Assert.Equal("x", System.IO.File.ReadAllText(_directory["elsewhere"]));
    }
}
