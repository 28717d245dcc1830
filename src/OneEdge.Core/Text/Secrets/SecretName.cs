using System.Buffers;

namespace OneEdge.Text;

/// <summary>Decides by its name whether a setting holds a secret.</summary>
internal static class SecretName
{
    private static readonly string[] SecretEnds =
    [
        "password", "passwords", "passwd", "passphrase", "secret", "secrets", "token", "tokens", "credential", "credentials",
    ];
    private static readonly string[] ContainerEnds = ["passwords", "secrets", "tokens", "credential", "credentials", "creds"];
    private static readonly string[] SecretWords = ["pass", "pwd", "passcode", "creds"];
    private static readonly string[] KeyWords = ["prikey", "privatekey", "privkey", "apikey", "accesskey", "authkey", "authorization", "bearer"];
    private static readonly string[] KeyOwners = ["private", "priv", "access", "api", "auth", "encryption", "signing", "session", "shared", "master"];
    private static readonly string[] AuthOwners = ["one", "http", "https", "basic", "proxy"];

    // What a secret has, rather than what it is: PASSWORD_CHANGE, MAX_TOKEN_TIME, TOKEN_FILE.
    private static readonly string[] Attributes =
    [
        "change", "required", "enabled", "policy", "time", "timeout", "ttl", "age", "expiration", "expiry", "length", "len", "size", "limit", "count",
        "file", "files", "path", "dir", "directory", "url", "uri", "endpoint", "type", "method", "mode", "format", "name", "attr", "driver", "mad", "conf",
        "tab",
    ];

    private static readonly SearchValues<char> PathStarts = SearchValues.Create("/~");

    /// <summary>Whether a value should not be shown to people.</summary>
    /// <param name="name">The name of the setting; a symbol's colon and quotes do not matter.</param>
    /// <param name="value">The value; a switch, nothing, and a file name in place of a key are not secret.</param>
    public static bool Hides(string name, ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> plain = value.Trim(" \t\r\"'");
        if (IsSwitch(plain)) return false;
        return Classify(name) switch
        {
            Secrecy.Secret => true,
            Secrecy.Key => !(PathStarts.Contains(plain[0]) && plain.Contains('/')),
            _ => false,
        };
    }

    /// <summary>Whether a name is that of a secret, whatever the value.</summary>
    public static bool IsSecret(string name) => Classify(name) != Secrecy.None;

    /// <summary>Whether everything below a name is secret, whatever its own names: <c>credentials: { user: x, key: y }</c>.</summary>
    public static bool IsContainer(string name) =>
        IsSecret(name) && Words(name) is [.., string last] && ContainerEnds.Any(end => last.EndsWith(end, StringComparison.Ordinal));

    private enum Secrecy
    {
        None,

        // Keys are as often the name of the file that holds them.
        Key,
        Secret,
    }

    private static bool IsSwitch(ReadOnlySpan<char> value) => value.IsEmpty || value is "~" or "***"
        || value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase)
        || value.Equals("yes", StringComparison.OrdinalIgnoreCase) || value.Equals("no", StringComparison.OrdinalIgnoreCase)
        || value.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static Secrecy Classify(string name)
    {
        List<string> words = Words(name);
        if (words.Count == 0 || Attributes.Contains(words[^1])) return Secrecy.None;
        if (words.Exists(w => SecretWords.Contains(w) || SecretEnds.Any(end => w.EndsWith(end, StringComparison.Ordinal)))) return Secrecy.Secret;
        if (words.Exists(w => KeyWords.Contains(w))) return Secrecy.Key;
        bool isKey = words.Exists(w => w is "key" or "keys") && words.Exists(w => KeyOwners.Contains(w));
        bool isAuth = words[^1] == "auth" && words.Exists(w => AuthOwners.Contains(w));
        return isKey || isAuth ? Secrecy.Key : Secrecy.None;
    }

    // The lower-case words of DB_PASSWORD, db-password, db.password and dbPassword.
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool isBreak = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool isHump = !isBreak && i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (!isBreak && !isHump) continue;
            if (i > start) words.Add(name[start..i].ToLowerInvariant());
            start = isHump ? i : i + 1;
        }

        return words;
    }
}
