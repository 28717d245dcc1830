using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace OneEdge.Config;

public abstract partial class ConfigDocument
{
    /// <summary>Reads a value as a .NET type.</summary>
    /// <typeparam name="T">
    /// <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, <see cref="System.Numerics.BigInteger"/>,
    /// <see cref="ConfigValue"/>, or an array or <see cref="IReadOnlyList{T}"/> of one of them.
    /// </typeparam>
    /// <param name="path">The path, for example <c>VM_MAD/"kvm"/ARGUMENTS</c>.</param>
    /// <returns>The value, without the quotes of oned.conf and shell files.</returns>
    /// <remarks>
    /// A boolean is also YES or NO, true or false as text, whatever the case. A number may be text, since oned.conf and shell files hold nothing else.
    /// A single value counts as a list of one.
    /// </remarks>
    /// <exception cref="ConfigPathNotFoundException">There is no value; the message names the nearest paths.</exception>
    /// <exception cref="ConfigTypeException">The value is something else, for example null.</exception>
    /// <exception cref="NotSupportedException">The type is none of those above.</exception>
    public T Get<T>(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ConfigValue value = Find(path) ?? throw new ConfigPathNotFoundException(Source.Name, path, NearPaths(path));
        return Read<T>(path, value);
    }

    /// <summary>Reads a value as a .NET type if there is one.</summary>
    /// <typeparam name="T">A type that <see cref="Get"/> reads.</typeparam>
    /// <param name="path">The path.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is a value that is not null.</returns>
    /// <exception cref="ConfigTypeException">There is a value, but not of this type: a typing error must not look like an absent value.</exception>
    public bool TryGet<T>(ConfigPath path, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(path);
        value = default;
        if (Find(path) is not { IsNull: false } found) return false;
        value = Read<T>(path, found);
        return true;
    }

    /// <summary>Reads a value as a .NET type, or gives a default when there is none or null.</summary>
    /// <typeparam name="T">A type that <see cref="Get"/> reads.</typeparam>
    /// <param name="path">The path.</param>
    /// <param name="defaultValue">What to give when there is no value.</param>
    /// <returns>The value or the default.</returns>
    /// <exception cref="ConfigTypeException">There is a value, but not of this type.</exception>
    [return: NotNullIfNotNull(nameof(defaultValue))]
    public T? GetOrDefault<T>(ConfigPath path, T? defaultValue = default) => TryGet(path, out T? value) ? value : defaultValue;

    /// <summary>
    /// The whole data for System.Text.Json: values and section names without the quotes of oned.conf and shell files, symbols as <c>":name"</c>.
    /// </summary>
    /// <returns>The node; <see langword="null"/> for a document that holds null.</returns>
    /// <exception cref="InvalidOperationException">The document holds a floating-point number that JSON cannot write (infinite, not a number).</exception>
    public JsonNode? ToJsonNode() => Plain(ToValue()).ToJsonNode();

    private T Read<T>(ConfigPath path, ConfigValue value)
    {
        ConfigValue plain = Plain(value);
        return ConfigValueReader.TryRead(plain, out T? result)
            ? result
            : throw new ConfigTypeException(Source.Name, path, plain, ConfigValueReader.Describe<T>());
    }

    // Keys become strings here, so that two that JSON cannot tell apart end as one, the last.
    private ConfigValue Plain(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(Plain)),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => (Plain(m.Key).ToString(), Plain(m.Value)))),
        _ => Unquote(value),
    };

    private List<string> NearPaths(ConfigPath path)
    {
        ConfigPath parent = ConfigPath.Root;
        ConfigValue container = ToValue();
        foreach (ConfigValue key in path)
        {
            if (container.Find(key) is not { } next)
            {
                if (container.Kind != ConfigValueKind.Map) return [];
                IReadOnlyList<string> near = NearNames.Find(key.ToString(), container.Members.Select(m => m.Key.ToString()));
                return [.. near.Select(name => parent.Count == 0 ? name : $"{parent}/{name}")];
            }

            parent = parent.Append(key);
            container = next;
        }

        return [];
    }
}
