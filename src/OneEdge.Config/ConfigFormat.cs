using System.Diagnostics.CodeAnalysis;
using OneEdge.Config.Formats;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>One format of configuration files: how it is read and what may be changed in it.</summary>
public abstract class ConfigFormat
{
    private protected ConfigFormat(string name, string className)
    {
        Name = name;
        ClassName = className;
    }

    /// <summary>The format of oned.conf, monitord.conf and sched.conf: <c>NAME = value</c> and <c>NAME = [ NAME = value, ... ]</c>.</summary>
    public static ConfigFormat Oned { get; } = new OnedFormat();

    /// <summary>Shell assignments: <c>kvmrc</c>, <c>sshrc</c>, <c>datastore.conf</c> and their like.</summary>
    public static ConfigFormat Shell { get; } = new ShellFormat();

    /// <summary>YAML files in which the order of arrays does not matter (class <c>Yaml</c>).</summary>
    public static ConfigFormat Yaml { get; } = new YamlFormat("yaml", "Yaml", isStrict: false);

    /// <summary>YAML files in which the order of arrays matters (class <c>Yaml::Strict</c>).</summary>
    public static ConfigFormat YamlStrict { get; } = new YamlFormat("yaml-strict", "Yaml::Strict", isStrict: true);

    /// <summary>
    /// Opaque text (LXC profiles, <c>*.default</c>, <c>*.erb</c>): the whole file is one string, and a <c>set</c> applies a unified diff to it.
    /// </summary>
    public static ConfigFormat Text { get; } = new TextFormat();

    /// <summary>Every format.</summary>
    public static IReadOnlyList<ConfigFormat> All => [Oned, Shell, Yaml, YamlStrict, Text];

    /// <summary>The short name, for example <c>oned</c>.</summary>
    public string Name { get; }

    /// <summary>The name that the patch documents of the original use, for example <c>Augeas::ONE</c>.</summary>
    public string ClassName { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name for messages, usually a file name.</param>
    /// <param name="limits">What to accept; the default limits when absent.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ConfigSyntaxException">The text does not parse; the exception holds every finding.</exception>
    public ConfigDocument Parse(string text, string? name = null, ConfigLimits? limits = null) => Parse(SourceText.From(text, name), limits);

    /// <inheritdoc cref="Parse(string, string?, ConfigLimits?)"/>
    public ConfigDocument Parse(SourceText text, ConfigLimits? limits = null) =>
        TryParse(text, out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics, limits)
            ? document
            : throw new ConfigSyntaxException(diagnostics);

    /// <summary>Reads a text without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="document">The document; <see langword="null"/> when the text does not parse.</param>
    /// <param name="diagnostics">Every finding, errors and warnings.</param>
    /// <param name="limits">What to accept; the default limits when absent.</param>
    /// <returns>Whether the text parses.</returns>
    public bool TryParse(
        SourceText text, [NotNullWhen(true)] out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics, ConfigLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= ConfigLimits.Default;
        if (text.Length > limits.MaxBytes)
        {
            document = null;
            string message = $"The file has {text.Length} bytes; at most {limits.MaxBytes} are read.";
            const string hint = "raise ConfigLimits.MaxBytes";
            diagnostics = [new Diagnostic(ConfigErrorCodes.Limit, DiagnosticSeverity.Error, message) { File = text.Name, Hint = hint }];
            return false;
        }

        document = Read(text, limits, out diagnostics);
        return document is not null;
    }

    /// <summary>Whether text that starts with a colon stands for a symbol in change lines.</summary>
    internal virtual bool HasSymbols => false;

    /// <summary>The short name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    // Gives null and at least one error, or a document and its warnings.
    private protected abstract ConfigDocument? Read(SourceText text, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics);
}
