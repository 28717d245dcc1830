namespace OneEdge.Storage.Recovery;

/// <summary>How qemu is reached.</summary>
public sealed record QmpOptions
{
    /// <summary>
    /// The path of the monitor socket of a virtual machine. It must be one of our own (<c>-qmp unix:…,server=on,wait=off</c>): a monitor has one user at a
    /// time.
    /// </summary>
    public required Func<int, string> MonitorSocket { get; init; }

    /// <summary>
    /// The path of the socket of the guest agent of a virtual machine; <see langword="null"/>, or giving <see langword="null"/>, where there is none.
    /// </summary>
    public Func<int, string?>? GuestAgentSocket { get; init; }

    /// <summary>How long an answer may take.</summary>
    /// <value>1 minute unless set.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the guest agent may take. A guest that does not answer is not waited for.</summary>
    /// <value>10 seconds unless set.</value>
    public TimeSpan GuestAgentTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a commit may take.</summary>
    /// <value>1 hour unless set.</value>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The clock for all of these.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
