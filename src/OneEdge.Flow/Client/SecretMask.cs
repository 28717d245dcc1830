using System.Text.Encodings.Web;

namespace OneEdge.Flow.Client;

/// <summary>Takes the credentials of the caller out of texts of the server, which may repeat what they were sent.</summary>
internal sealed class SecretMask
{
    private const string Mask = "***";

    // A shorter secret stands in any text by chance; as part of the whole session it is masked all the same.
    private const int ShortestAlone = 4;

    // The longest first, so that a secret within another one does not leave the rest of it.
    private readonly string[] _secrets;

    public SecretMask(OneFlowCredentials credentials)
    {
        string session = $"{credentials.UserName}:{credentials.Secret}";
        string[] plain = credentials.Secret.Length < ShortestAlone ? [session] : [session, credentials.Secret];
        _secrets =
        [
            .. plain.SelectMany(Forms).Append(credentials.Basic).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length),
        ];
    }

    public string Apply(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Mask, StringComparison.Ordinal));

    // As it is, in JSON, in HTML.
    private static IEnumerable<string> Forms(string secret) =>
        [secret, JavaScriptEncoder.Default.Encode(secret), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret), HtmlEncoder.Default.Encode(secret)];
}
