namespace OneEdge.OpenNebula;

/// <summary>The address of the XML-RPC server of an OpenNebula front-end.</summary>
public sealed class OpenNebulaEndpoint : IEquatable<OpenNebulaEndpoint>
{
    /// <summary>The variable that names the address.</summary>
    public const string Variable = "ONE_XMLRPC";

    private OpenNebulaEndpoint(Uri uri) => Uri = uri;

    /// <summary>The server of this machine, <c>http://localhost:2633/RPC2</c>.</summary>
    public static OpenNebulaEndpoint Local { get; } = new(new Uri("http://localhost:2633/RPC2"));

    /// <summary>The address.</summary>
    public Uri Uri { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="address">An absolute address, such as <c>http://frontend:2633/RPC2</c>.</param>
    /// <exception cref="OpenNebulaException">It is no address of an HTTP server, or it has a user and a password.</exception>
    public static OpenNebulaEndpoint Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // The text is not repeated in messages: somebody may have put a password into it.
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw Invalid("it is no absolute address that begins with http:// or https://");
        if (uri.UserInfo.Length > 0) throw Invalid("it holds a user; the user and the password belong into the credentials");
        if (uri.Fragment.Length > 0) throw Invalid("it has a fragment ('#')");
        return new OpenNebulaEndpoint(uri);
    }

    /// <summary>The address that a variable names, or the server of this machine.</summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <exception cref="OpenNebulaException">The variable has no usable address.</exception>
    public static OpenNebulaEndpoint FromVariables(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable(Variable) is { Length: > 0 } address ? Parse(address) : Local;
    }

    /// <inheritdoc/>
    public bool Equals(OpenNebulaEndpoint? other) => other is not null && Uri.Equals(other.Uri);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OpenNebulaEndpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => Uri.GetHashCode();

    /// <summary>The address without its query, which may hold a key.</summary>
    public override string ToString() => Uri.GetLeftPart(UriPartial.Path);

    private static OpenNebulaException Invalid(string why) =>
        new(OpenNebulaErrorCodes.EndpointInvalid, $"The address of the OpenNebula server cannot be used: {why}.");
}
