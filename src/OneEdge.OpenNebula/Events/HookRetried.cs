namespace OneEdge.OpenNebula;

/// <summary>Somebody asked for a failed run of a hook to be repeated.</summary>
/// <param name="HookId">The id of the hook.</param>
/// <param name="Arguments">The arguments of the failed run.</param>
public sealed record HookRetried(int HookId, string Arguments) : CloudEvent
{
    /// <summary>The hook; arguments may be secrets.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(HookRetried)} {HookId}");
}
