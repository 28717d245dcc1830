namespace OneEdge.Host;

/// <summary>The exit codes of the program, those of the original for <c>config patch</c>.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>A part was done, or differences or findings exist.</summary>
    public const int Partly = 1;

    /// <summary>Interrupted by a signal; no file was left half written.</summary>
    public const int Cancelled = 130;

    /// <summary>Nothing was done.</summary>
    public const int Failed = 255;
}
