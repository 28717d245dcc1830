using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Who calls: a user with a password or a login token, or a delegation. It never shows itself.</summary>
public sealed class OpenNebulaCredentials
{
    /// <summary>The variable that names the file with the credentials.</summary>
    public const string FileVariable = "ONE_AUTH";

    // A name, a password or a token; far more than any of them.
    private const int MaxFileBytes = 65_536;

    private OpenNebulaCredentials(string session) => Session = session;

    /// <summary>The name before the first colon: the user, or the server that acts for one.</summary>
    public string UserName => Session[..Session.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The first parameter of every call. A secret.</summary>
    internal string Session { get; }

    /// <summary>What stands after the name. A secret.</summary>
    internal string Secret => Session[(Session.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>A user with a password or a login token; the server takes either.</summary>
    /// <param name="user">The name of the user, without a colon.</param>
    /// <param name="passwordOrToken">The password, which may have colons, or the token that <c>one.user.login</c> gave.</param>
    /// <exception cref="OpenNebulaException">They cannot be used.</exception>
    public static OpenNebulaCredentials ForUser(string user, string passwordOrToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(passwordOrToken);
        if (user.Contains(':', StringComparison.Ordinal)) throw Invalid("the name of a user has no colon");
        return FromSession($"{user}:{passwordOrToken}");
    }

    /// <summary>The text that the server wants, as it is: <c>user:password</c>, or <c>server:user:encrypted</c> of the driver <c>server_cipher</c>.</summary>
    /// <param name="session">The text.</param>
    /// <exception cref="OpenNebulaException">It cannot be used.</exception>
    public static OpenNebulaCredentials FromSession(string session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.IndexOf(':', StringComparison.Ordinal) <= 0) throw Invalid("they must be a name, a colon and a secret");
        foreach (Rune rune in session.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || !XmlCharacters.IsAllowed((uint)rune.Value)) throw Invalid("they have a character that cannot be sent");
        }

        return new OpenNebulaCredentials(session);
    }

    /// <summary>The text of a file that <c>ONE_AUTH</c> names.</summary>
    /// <param name="text">The text; blanks and line ends after the secret do not count, as in the original.</param>
    /// <exception cref="OpenNebulaException">It cannot be used.</exception>
    public static OpenNebulaCredentials FromAuthText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromSession(text.TrimEnd('\0', '\t', '\n', '\v', '\f', '\r', ' '));
    }

    /// <summary>The file that <c>ONE_AUTH</c> names, or <c>.one/one_auth</c> in the directory that <c>HOME</c> names.</summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="OpenNebulaException">There is no such file, or it cannot be used.</exception>
    public static async Task<OpenNebulaCredentials> ReadAsync(Func<string, string?> variable, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? file = variable(FileVariable) is { Length: > 0 } named ? named
            : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".one", "one_auth") : null;
        if (file is null) throw Invalid($"neither {FileVariable} nor HOME is set");
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
                throw Invalid($"'{file}' has more than {MaxFileBytes} bytes; {FileVariable} names the file that holds them");
            return FromAuthText(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenNebulaException(
                OpenNebulaErrorCodes.CredentialsInvalid,
                $"The credentials for OpenNebula cannot be read from '{file}': {e.Message} Set {FileVariable} to the file that holds them.",
                e);
        }
    }

    /// <summary>The name, without the secret.</summary>
    public override string ToString() => $"{UserName}:***";

    private static OpenNebulaException Invalid(string why) =>
        new(OpenNebulaErrorCodes.CredentialsInvalid, $"The credentials for OpenNebula cannot be used: {why}.");
}
