using System.Security;

namespace OneEdge.OpenNebula;

/// <summary>Takes the credentials of the caller out of texts of the server, which may repeat what they were sent.</summary>
internal sealed class SessionMask
{
    private const string Mask = "***";

    // A shorter secret stands in any text by chance; as part of the whole session it is masked all the same.
    private const int ShortestAlone = 4;

    // The longest first, so that a secret within another one does not leave the rest of it.
    private readonly string[] _secrets;

    public SessionMask(OpenNebulaCredentials credentials)
    {
        string[] plain = credentials.Secret.Length < ShortestAlone ? [credentials.Session] : [credentials.Session, credentials.Secret];
        _secrets = [.. plain.SelectMany(s => new[] { s, SecurityElement.Escape(s) }).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];
    }

    public string Apply(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Mask, StringComparison.Ordinal));
}
