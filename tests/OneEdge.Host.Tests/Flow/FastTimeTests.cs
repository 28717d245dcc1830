using Microsoft.Extensions.Time.Testing;
using OneEdge.Host.Flow;

namespace OneEdge.Host.Tests.Flow;

/// <summary>A clock that goes faster.</summary>
public sealed class FastTimeTests
{
    [Fact]
    public void Clock_goes_as_much_faster_as_it_says()
    {
        var inner = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var fast = new FastTime(inner, 60);
        long before = fast.GetTimestamp();
        inner.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(1), fast.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), fast.GetElapsedTime(before));
    }

    [Fact]
    public void Timer_goes_off_earlier_by_the_same_measure_and_never_before_its_time()
    {
        var inner = new FakeTimeProvider();
        var fast = new FastTime(inner, 60);
        int fired = 0;
        using ITimer timer = fast.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        inner.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, fired);
        inner.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, fired);
        Assert.True(timer.Change(TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan));
        inner.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, fired);
    }

    [Fact]
    public async Task Delay_on_it_is_shorter()
    {
        var inner = new FakeTimeProvider();
        Task delay = Task.Delay(TimeSpan.FromHours(1), new FastTime(inner, 3600), TestContext.Current.CancellationToken);
        inner.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}
