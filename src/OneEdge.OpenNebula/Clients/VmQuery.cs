namespace OneEdge.OpenNebula;

/// <summary>Which virtual machines to list.</summary>
public sealed record VmQuery
{
    /// <summary>All machines that are not over.</summary>
    public static VmQuery Existing { get; } = new();

    /// <summary>The machines that run. The server selects those that are active, this library those of them that run.</summary>
    public static VmQuery Running { get; } = new() { State = VmState.Active, LcmState = OpenNebula.LcmState.Running };

    /// <summary>Whose machines.</summary>
    /// <value>All that the caller may use.</value>
    public PoolFilter Filter { get; init; } = PoolFilter.All;

    /// <summary>The state that they are in.</summary>
    /// <value><see langword="null"/>: any but <see cref="VmState.Done"/>, unless <see cref="IncludeDone"/>.</value>
    public VmState? State { get; init; }

    /// <summary>What they do; selected by this library, not by the server.</summary>
    public LcmState? LcmState { get; init; }

    /// <summary>Whether machines that are over count, too.</summary>
    public bool IncludeDone { get; init; }

    /// <summary>An expression such as <c>VM.NAME=web</c>. Servers with SQLite refuse it.</summary>
    public string Expression { get; init; } = "";

    /// <summary>
    /// Whether each machine comes in full, at more than twice the size. In the short form the template is nearly empty and permissions are missing.
    /// </summary>
    public bool IsExtended { get; init; }

    internal string Method => IsExtended ? "one.vmpool.infoextended" : "one.vmpool.info";

    internal int StateNumber => State is { } state ? (int)state : IncludeDone ? -2 : -1;
}
