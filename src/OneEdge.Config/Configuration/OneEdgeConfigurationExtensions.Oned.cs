#if ONEEDGE_ONED
using OneEdge.Config;

namespace Microsoft.Extensions.Configuration;

public static partial class OneEdgeConfigurationExtensions
{
    /// <summary>Adds oned.conf or a file like it: <c>PORT</c>, <c>DB:BACKEND</c>, <c>VM_MAD:kvm:ARGUMENTS</c>, <c>VM_RESTRICTED_ATTR:0</c>.</summary>
    /// <inheritdoc cref="AddOneConfigFile(IConfigurationBuilder, string, ConfigFormat, bool, bool)"/>
    public static IConfigurationBuilder AddOnedConf(this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false) =>
        builder.AddOneConfigFile(path, ConfigFormat.Oned, optional, reloadOnChange);
}
#endif
