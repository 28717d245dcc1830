namespace OneEdge.Flow.Client;

/// <summary>The address of a OneFlow server.</summary>
public sealed class OneFlowEndpoint : IEquatable<OneFlowEndpoint>
{
    /// <summary>The variable that names the address.</summary>
    public const string Variable = "ONEFLOW_URL";

    private const string DefaultFile = "/var/lib/one/.one/oneflow_endpoint";
    private const int MaxFileBytes = 4096;

    private OneFlowEndpoint(Uri uri) => Uri = uri;

    /// <summary>The server of this machine, <c>http://localhost:2474</c>.</summary>
    public static OneFlowEndpoint Local { get; } = new(new Uri("http://localhost:2474/"));

    /// <summary>The address; it ends with a slash.</summary>
    public Uri Uri { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="address">An absolute address, such as <c>http://frontend:2474</c>; a path is put in front of those of the operations.</param>
    /// <exception cref="FlowException">It is no address of an HTTP server, or it has a user and a password.</exception>
    public static OneFlowEndpoint Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // The text is not repeated in messages: somebody may have put a password into it.
        bool isAbsolute = Uri.TryCreate(address.Trim().TrimEnd('/') + '/', UriKind.Absolute, out Uri? uri);
        if (!isAbsolute || (uri!.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw Invalid("it is no absolute address that begins with http:// or https://");
        if (uri.UserInfo.Length > 0) throw Invalid("it holds a user; the user and the password belong into the credentials");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) throw Invalid("it has a query ('?') or a fragment ('#')");
        return new OneFlowEndpoint(uri);
    }

    /// <summary>
    /// As the original finds it: the address in <c>ONEFLOW_URL</c>, else in the file <c>.one/oneflow_endpoint</c> of the directory that <c>HOME</c> names,
    /// else in <c>/var/lib/one/.one/oneflow_endpoint</c>, else the server of this machine.
    /// </summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="FlowException">The address cannot be used, or its file cannot be read.</exception>
    public static async Task<OneFlowEndpoint> ReadAsync(Func<string, string?> variable, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable(Variable) is { Length: > 0 } address) return Parse(address);
        string? own = variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".one", "oneflow_endpoint") : null;
        foreach (string file in new[] { own, DefaultFile }.OfType<string>())
        {
            if (File.Exists(file)) return Parse(await ReadFileAsync(file, cancellationToken).ConfigureAwait(false));
        }

        return Local;
    }

    /// <inheritdoc/>
    public bool Equals(OneFlowEndpoint? other) => other is not null && Uri.Equals(other.Uri);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OneFlowEndpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => Uri.GetHashCode();

    /// <summary>The address, without the slash at its end.</summary>
    public override string ToString() => Uri.ToString().TrimEnd('/');

    private static async Task<string> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes) throw Invalid($"'{file}' has more than {MaxFileBytes} bytes");
            return await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException(
                FlowErrorCodes.ClientEndpointInvalid, $"The address of the OneFlow server cannot be read from '{file}': {e.Message} Set {Variable}.", e);
        }
    }

    private static FlowException Invalid(string why) =>
        new(FlowErrorCodes.ClientEndpointInvalid, $"The address of the OneFlow server cannot be used: {why}.");
}
