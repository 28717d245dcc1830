namespace OneEdge.Storage.Recovery;

/// <summary>How virsh is used.</summary>
public sealed record VirshOptions
{
    /// <summary>The program.</summary>
    /// <value><c>virsh</c> unless set.</value>
    public string Program { get; init; } = "virsh";

    /// <summary>The hypervisor that virsh connects to.</summary>
    /// <value><c>qemu:///system</c> unless set, as in OpenNebula.</value>
    public string Connection { get; init; } = "qemu:///system";

    /// <summary>How long a look or a snapshot may take.</summary>
    /// <value>1 minute unless set.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a commit may take.</summary>
    /// <value>1 hour unless set.</value>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromHours(1);
}
