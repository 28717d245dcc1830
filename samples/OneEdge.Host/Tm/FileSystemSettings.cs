using OneEdge.Config;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>The settings of file systems on volatile disks, from <c>datastore.conf</c>. Pure.</summary>
internal static class FileSystemSettings
{
    private const string Supported = "SUPPORTED_FS";
    private const string Options = "FS_OPTS_";

    /// <summary>Takes over what the file sets.</summary>
    /// <param name="settings">The settings so far.</param>
    /// <param name="text">The text of the file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ConfigException">It is no configuration.</exception>
    public static TransferSettings Apply(TransferSettings settings, string text, string file)
    {
        var options = new Dictionary<string, IReadOnlyList<string>>(settings.FileSystemArguments, StringComparer.Ordinal);
        foreach ((ConfigPath path, ConfigValue value) in ConfigFormat.Shell.Parse(text, file).Enumerate())
        {
            string name = path.ToString();
            string plain = Plain(value.ToString());
            if (name == Supported) settings = settings with { SupportedFileSystems = Split(plain, ',') };
            else if (name.StartsWith(Options, StringComparison.Ordinal)) options[name[Options.Length..]] = Split(plain, ' ');
        }

        return settings with { FileSystemArguments = options };
    }

    private static string Plain(string value) => value is ['"' or '\'', .. var inner, '"' or '\''] ? inner : value;

    private static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
