namespace OneEdge.Host.Config;

/// <summary>How much the log of <see cref="PatchCommand"/> tells.</summary>
internal enum LogLevel
{
    /// <summary>Warnings and errors.</summary>
    Warn,

    /// <summary>What is done (<c>--verbose</c>).</summary>
    Info,

    /// <summary>Every change (<c>--debug</c>).</summary>
    Debug,
}
