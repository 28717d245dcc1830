namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>The real clock, set forward by a test; timers go on as they are.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public void Advance(TimeSpan by) => _shift += by;

    // To the millisecond, as times are stored.
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds((System.GetUtcNow() + _shift).ToUnixTimeMilliseconds());
}
