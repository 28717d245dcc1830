namespace OneEdge.Fuzz.Images;

/// <summary>A clock that a look at it moves on by a millisecond: a limit of time is then one of steps, the same on every machine.</summary>
internal sealed class StepClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => ++_now;
}
