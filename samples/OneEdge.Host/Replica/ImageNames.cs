using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>Images as the command line names them: a datastore and a name, or a path, perhaps with a host before it.</summary>
internal static class ImageNames
{
    public static Argument<string[]> Create(string description, ArgumentArity arity)
    {
        var images = new Argument<string[]>("IMAGE") { Description = description, Arity = arity };
        images.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (!token.Value.Contains('/', StringComparison.Ordinal)) result.AddError(
                    $"'{token.Value}' is no image: give the datastore and the name, such as 1/0a1b2c3d, or the path.");
            }
        });
        return images;
    }

    /// <summary>The path of an image, by default on this host.</summary>
    /// <exception cref="OneEdge.Storage.StorageException">The text is no path.</exception>
    public static HostPath PathOf(string text, string datastores)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal), slash = text.IndexOf('/', StringComparison.Ordinal);
        (string host, string path) = colon >= 0 && colon < slash ? (text[..colon], text[(colon + 1)..]) : (HostArgument.Local, text);
        return new HostPath(host, path.StartsWith('/') ? path : $"{datastores}/{path}");
    }

    /// <summary>The datastore and the name of a cached image; <see langword="null"/> when the text is none of this cache.</summary>
    public static (int Datastore, string Name)? InCache(string text, params ReadOnlySpan<string> directories)
    {
        string rest = text;
        foreach (string directory in directories)
            if (text.StartsWith(directory + "/", StringComparison.Ordinal)) rest = text[(directory.Length + 1)..];
        string[] words = rest.Split('/');
        return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? (id, words[1]) : null;
    }
}
