using Microsoft.Extensions.Configuration;

namespace OneEdge.Config;

/// <summary>A file of OpenNebula as a source of Microsoft.Extensions.Configuration.</summary>
public sealed class OneConfigFileSource : FileConfigurationSource
{
    /// <summary>The format of the file.</summary>
    public required ConfigFormat Format { get; init; }

    /// <summary>What to accept.</summary>
    /// <value><see cref="ConfigLimits.Default"/>.</value>
    public ConfigLimits Limits { get; init; } = ConfigLimits.Default;

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new OneConfigFileProvider(this);
    }
}
