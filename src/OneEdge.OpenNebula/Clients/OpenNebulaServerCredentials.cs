using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// The credentials of a server that acts for users, such as <c>serveradmin</c> with the driver <c>server_cipher</c>: it makes the credentials of any user,
/// good until a time. They never show themselves.
/// </summary>
/// <remarks>
/// Source: <c>src/authm_mad/remotes/server_cipher</c> of OpenNebula 6.10: AES-256 in CBC mode, key and start vector from the SHA-256 of the password.
/// </remarks>
public sealed class OpenNebulaServerCredentials
{
    private readonly byte[] _key;

    /// <summary>Takes the name and the password of a server.</summary>
    /// <param name="serverName">The name of the server's user, without a colon.</param>
    /// <param name="password">Its password.</param>
    /// <exception cref="OpenNebulaException">They cannot be used.</exception>
    public OpenNebulaServerCredentials(string serverName, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        ServerName = OpenNebulaCredentials.ForUser(serverName, password).UserName;
        _key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)))[..32]);
    }

    /// <summary>The name of the server's user.</summary>
    public string ServerName { get; }

    /// <summary>Reads the text of a file such as <c>sunstone_auth</c>: name, colon, password.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OpenNebulaException">It cannot be used.</exception>
    public static OpenNebulaServerCredentials FromAuthText(string text)
    {
        OpenNebulaCredentials read = OpenNebulaCredentials.FromAuthText(text);
        return new OpenNebulaServerCredentials(read.UserName, read.Secret);
    }

    /// <summary>The credentials of a user for whom the server acts: <c>server:user:encrypted</c>.</summary>
    /// <param name="user">The name of the user, without a colon.</param>
    /// <param name="expiration">Until when they are good, to the second.</param>
    /// <exception cref="OpenNebulaException">The name cannot be used.</exception>
    public OpenNebulaCredentials As(string user, DateTimeOffset expiration)
    {
        string checkedUser = OpenNebulaCredentials.ForUser(user, "-").UserName;
        string text = string.Create(CultureInfo.InvariantCulture, $"{ServerName}:{checkedUser}:{expiration.ToUnixTimeSeconds()}");
        using var aes = Aes.Create();
        aes.Key = _key;
        string token = Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(text), _key.AsSpan(0, 16)));
        return OpenNebulaCredentials.FromSession($"{ServerName}:{checkedUser}:{token}");
    }

    /// <summary>The name, without the secret.</summary>
    public override string ToString() => $"{ServerName}:***";
}
