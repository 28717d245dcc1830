using OneEdge.Config;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds configuration files of OpenNebula to a configuration.</summary>
public static class OneEdgeConfigurationExtensions
{
    /// <summary>Adds a file of OpenNebula in any format; its values appear without quotes, for example <c>USER:size</c> for <c>:USER/:size</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file, relative to the base path of the builder or absolute.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">Whether to read the file again when it changes. A changed file that does not parse keeps the values that were read
    /// last.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// A file that does not parse makes building the configuration fail with <see cref="InvalidDataException"/>, its message has every finding as
    /// <c>file(line,column): error CODE: text</c>. YES and NO stay text: a binder does not take them for booleans.
    /// </remarks>
    public static IConfigurationBuilder AddOneConfigFile(
        this IConfigurationBuilder builder, string path, ConfigFormat format, bool optional = false, bool reloadOnChange = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        var source = new OneConfigFileSource { Format = format, Path = path, Optional = optional, ReloadOnChange = reloadOnChange };
        source.ResolveFileProvider();
        return builder.Add(source);
    }

    /// <summary>Adds oned.conf or a file like it: <c>PORT</c>, <c>DB:BACKEND</c>, <c>VM_MAD:kvm:ARGUMENTS</c>, <c>VM_RESTRICTED_ATTR:0</c>.</summary>
    /// <inheritdoc cref="AddOneConfigFile(IConfigurationBuilder, string, ConfigFormat, bool, bool)"/>
    public static IConfigurationBuilder AddOnedConf(this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false) =>
        builder.AddOneConfigFile(path, ConfigFormat.Oned, optional, reloadOnChange);
}
