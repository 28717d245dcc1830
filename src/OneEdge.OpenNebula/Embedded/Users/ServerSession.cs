using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// The session of a server that acts for a user: <c>server:user:token</c>, or <c>server:user:group:token</c> (OpenNebula 6.10 source, src/um/UserPool.cc and
/// src/authm_mad/remotes/server_cipher).
/// </summary>
/// <param name="User">The name of the user.</param>
/// <param name="Group">The only group that the user is in meanwhile; -1 for all that he has.</param>
internal sealed record ServerSession(string User, int Group)
{
    public const string Driver = "server_cipher";

    private const int KeyLength = 32;
    private const int BlockLength = 16;

    /// <summary>Whether a user with this driver calls for others, and never for himself by a password.</summary>
    public static bool IsOfServer(string driver) => driver.StartsWith("server", StringComparison.Ordinal);

    /// <summary>Reads a session.</summary>
    /// <param name="server">The user that is a server.</param>
    /// <param name="secret">What stands behind the name of the server.</param>
    /// <param name="now">The time, in seconds of Unix time.</param>
    /// <returns><see langword="null"/> when it is not one of this server, or ended.</returns>
    public static ServerSession? Read(CloudUser server, string secret, long now)
    {
        if (server.Driver != Driver) return null;
        string[] parts = secret.Split(':', 3);
        int group = -1;
        if (parts.Length < 2) return null;
        if (parts.Length == 3 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out group)) return null;
        return Decrypt(server.Password, parts[^1]) is { } text && IsGood(text, server.Name, now) ? new ServerSession(parts[0], group) : null;
    }

    // The driver looks at the name of the server and at the end; that the text names the same user it does not ask.
    private static bool IsGood(string text, string server, long now)
    {
        string[] parts = text.Split(':');
        return parts[0] == server && long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long end) && now < end;
    }

    // The key is the beginning of what is stored: the SHA-256 of the password in hexadecimal digits.
    private static string? Decrypt(string stored, string token)
    {
        byte[] key = Encoding.UTF8.GetBytes(stored);
        if (key.Length < KeyLength) return null;
        try
        {
            using var aes = Aes.Create();
            aes.Key = key[..KeyLength];
            return Encoding.UTF8.GetString(aes.DecryptCbc(Convert.FromBase64String(token), key.AsSpan(0, BlockLength)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
