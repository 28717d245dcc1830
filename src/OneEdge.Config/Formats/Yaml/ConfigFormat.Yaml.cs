using OneEdge.Config.Formats;

namespace OneEdge.Config;

public abstract partial class ConfigFormat
{
    /// <summary>YAML files in which the order of arrays does not matter (class <c>Yaml</c>).</summary>
    public static ConfigFormat Yaml { get; } = new YamlFormat("yaml", "Yaml", isStrict: false);

    /// <summary>YAML files in which the order of arrays matters (class <c>Yaml::Strict</c>).</summary>
    public static ConfigFormat YamlStrict { get; } = new YamlFormat("yaml-strict", "Yaml::Strict", isStrict: true);
}
