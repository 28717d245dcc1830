using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Masks secret values in what people read. What is masked cannot be applied again.</summary>
public static class ConfigSecrets
{
    private static readonly ConfigValue Hidden = SecretText.Mask;

    /// <summary>A value with what is secret in it masked, judged by the names of its path and of the keys inside.</summary>
    /// <param name="path">Where the value stands.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value to show.</returns>
    public static ConfigValue Mask(ConfigPath path, ConfigValue value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        string? name = path.LastOrDefault(key => key.Kind != ConfigValueKind.Integer)?.ToString();
        if (name is not null && SecretName.IsSecret(name)) return MaskNamed(name, value);
        return path.FirstOrDefault(key => SecretName.IsContainer(key.ToString())) is { } container ? MaskNamed(container.ToString(), value) : MaskInside(value);
    }

    /// <summary>A change with its values masked, for printing only.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The change to show.</returns>
    public static ConfigChange Mask(ConfigChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change with
        {
            Value = change.Value is null ? null : Mask(change.Target, change.Value),
            Old = change.Old is null ? null : Mask(change.Target, change.Old),
        };
    }

    private static ConfigValue MaskNamed(string name, ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(item => MaskNamed(name, item))),
        ConfigValueKind.Map when !SecretName.IsContainer(name) => MaskInside(value),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(m.Key, MaskNamed(name, m.Value)))),
        _ => SecretName.Hides(name, value.ToString()) ? Hidden : value,
    };

    private static ConfigValue MaskInside(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(MaskInside)),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(m.Key, Mask([m.Key], m.Value)))),
        ConfigValueKind.String => MaskString(value.AsString()),
        _ => value,
    };

    // Strings hold settings too: the diff of an opaque text, a command line, an address with a password.
    private static ConfigValue MaskString(string text) =>
        text.StartsWith("--- ", StringComparison.Ordinal) ? SecretText.MaskDiff(text) : SecretText.MaskText(text);
}
