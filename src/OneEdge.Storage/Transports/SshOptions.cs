namespace OneEdge.Storage;

/// <summary>How hosts are reached by SSH. Keys, users and known hosts come from the configuration of the system's <c>ssh</c>.</summary>
public sealed record SshOptions
{
    /// <summary>The program.</summary>
    /// <value><c>ssh</c> unless set.</value>
    public string Program { get; init; } = "ssh";

    /// <summary>A configuration file instead of the user's and the system's.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>More options of the program, word by word: for example <c>-c</c>, <c>aes128-gcm@openssh.com</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long connecting may take.</summary>
    /// <value>15 seconds unless set.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A directory of our own, not writable by others, for the sockets of connections that several scripts share; <see langword="null"/> for a connection
    /// each. Its path is short: that of a socket may have about 100 bytes. The connection is a process of its own, which stopping a script leaves alone.
    /// </summary>
    public string? SharedConnectionDirectory { get; init; }

    /// <summary>How long a shared connection stays open without use.</summary>
    /// <value>1 minute unless set.</value>
    public TimeSpan SharedConnectionLifetime { get; init; } = TimeSpan.FromMinutes(1);
}
