using System.Text;

namespace OneEdge.Flow.Client;

/// <summary>Who calls: a user of OpenNebula with a password or a login token. It never shows itself.</summary>
public sealed class OneFlowCredentials
{
    /// <summary>The variable with the name of the user.</summary>
    public const string UserVariable = "ONEFLOW_USER";

    /// <summary>The variable with the password or the token.</summary>
    public const string PasswordVariable = "ONEFLOW_PASSWORD";

    /// <summary>The variable that names the file with the credentials when neither of the others is set.</summary>
    public const string FileVariable = "ONE_AUTH";

    private const string DefaultFile = "/var/lib/one/.one/one_auth";

    // A name, a password or a token; far more than any of them.
    private const int MaxFileBytes = 65_536;

    private OneFlowCredentials(string user, string secret) => (UserName, Secret) = (user, secret);

    /// <summary>The name of the user.</summary>
    public string UserName { get; }

    /// <summary>The password or token. A secret.</summary>
    internal string Secret { get; }

    /// <summary>What stands behind <c>Basic</c> in the header. A secret.</summary>
    internal string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Secret}"));

    /// <summary>A user with a password or a login token; the server takes either.</summary>
    /// <param name="user">The name of the user, without a colon.</param>
    /// <param name="passwordOrToken">The password, which may have colons, or the token that <c>one.user.login</c> gave.</param>
    /// <exception cref="FlowException">They cannot be used.</exception>
    public static OneFlowCredentials ForUser(string user, string passwordOrToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(passwordOrToken);
        if (user.Length == 0) throw Invalid("there is no name of a user");
        if (user.Contains(':', StringComparison.Ordinal)) throw Invalid("the name of a user has no colon");
        if (user.Any(char.IsControl) || passwordOrToken.Any(char.IsControl)) throw Invalid("they have a character that cannot be sent");
        return new OneFlowCredentials(user, passwordOrToken);
    }

    /// <summary>The text of a file that <c>ONE_AUTH</c> names: <c>user:password</c>.</summary>
    /// <param name="text">The text; blanks and line ends after the secret do not count, as in the original.</param>
    /// <exception cref="FlowException">It cannot be used.</exception>
    public static OneFlowCredentials FromAuthText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string session = text.TrimEnd('\0', '\t', '\n', '\v', '\f', '\r', ' ');
        int colon = session.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? ForUser(session[..colon], session[(colon + 1)..]) : throw Invalid("they must be a name, a colon and a secret");
    }

    /// <summary>
    /// As the original finds them: <c>ONEFLOW_USER</c> and <c>ONEFLOW_PASSWORD</c>; when neither is set the file that <c>ONE_AUTH</c> names, else
    /// <c>.one/one_auth</c> in the directory that <c>HOME</c> names, else <c>/var/lib/one/.one/one_auth</c>.
    /// </summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="FlowException">There are none, or they cannot be used.</exception>
    public static async Task<OneFlowCredentials> ReadAsync(Func<string, string?> variable, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? user = variable(UserVariable), password = variable(PasswordVariable);
        if (user is not null && password is not null) return ForUser(user, password);
        if (user is not null || password is not null)
            throw Invalid($"{(user is null ? PasswordVariable : UserVariable)} is set, and {(user is null ? UserVariable : PasswordVariable)} is not");
        string file = FileOf(variable);
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
                throw Invalid($"'{file}' has more than {MaxFileBytes} bytes; {FileVariable} names the file that holds them");
            return FromAuthText(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException(
                FlowErrorCodes.ClientCredentialsInvalid,
                $"The credentials for OneFlow cannot be read from '{file}': {e.Message} Set {UserVariable} and {PasswordVariable}, or {FileVariable} to the "
                + "file that holds them.",
                e);
        }
    }

    /// <summary>The name, without the secret.</summary>
    public override string ToString() => $"{UserName}:***";

    private static string FileOf(Func<string, string?> variable)
    {
        if (variable(FileVariable) is { Length: > 0 } named) return named;
        if (variable("HOME") is not { Length: > 0 } home) return DefaultFile;
        string own = Path.Combine(home, ".one", "one_auth");
        return File.Exists(own) || !File.Exists(DefaultFile) ? own : DefaultFile;
    }

    private static FlowException Invalid(string why) =>
        new(FlowErrorCodes.ClientCredentialsInvalid, $"The credentials for OneFlow cannot be used: {why}.");
}
