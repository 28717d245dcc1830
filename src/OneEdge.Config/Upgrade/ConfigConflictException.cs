namespace OneEdge.Config;

/// <summary>An upgrade has conflicts that nobody decided; nothing was written.</summary>
public sealed class ConfigConflictException : ConfigException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="conflicts">The undecided conflicts.</param>
    public ConfigConflictException(IReadOnlyList<UpgradeConflict> conflicts)
        : base(
            ConfigErrorCodes.UpgradeConflict,
            $"The upgrade has {conflicts?.Count} undecided conflicts; nothing was changed.\n{string.Join('\n', conflicts ?? [])}")
    {
        ArgumentNullException.ThrowIfNull(conflicts);
        Conflicts = conflicts;
    }

    /// <summary>The undecided conflicts.</summary>
    public IReadOnlyList<UpgradeConflict> Conflicts { get; }
}
