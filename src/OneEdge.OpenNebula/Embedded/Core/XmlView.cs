using System.Security.Cryptography;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>How an object is shown: in clear, or with its secrets encrypted.</summary>
internal sealed class XmlView(bool showsSecrets, byte[] key)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool ShowsSecrets { get; } = showsSecrets;

    /// <summary>The attributes with the values of some names (<c>NAME</c>, or <c>VECTOR/NAME</c>) encrypted.</summary>
    public IEnumerable<TemplateAttribute> Encrypt(IEnumerable<TemplateAttribute> template, IReadOnlyList<string> names)
    {
        foreach (TemplateAttribute attribute in template)
        {
            if (attribute.Value is { } value) yield return names.Contains(attribute.Name) ? new TemplateAttribute(attribute.Name, Encrypt(value)) : attribute;
            else if (attribute.Items.Any(i => names.Contains($"{attribute.Name}/{i.Key}")))
                yield return new TemplateAttribute(attribute.Name, [.. attribute.Items.Select(i =>
                    names.Contains($"{attribute.Name}/{i.Key}") ? KeyValuePair.Create(i.Key, Encrypt(i.Value)) : i)]);
            else yield return attribute;
        }
    }

    /// <summary>The text that was encrypted; <see langword="null"/> when it is not one that was.</summary>
    public string? Decrypt(string value)
    {
        var sealedText = new byte[value.Length];
        if (value.Length == 0 || !Convert.TryFromBase64String(value, sealedText, out int length) || length % 16 != 0) return null;
        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            return StrictUtf8.GetString(aes.DecryptCbc(sealedText.AsSpan(0, length), new byte[16]));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    // As the core does: AES of 256 bits, and the same text gives the same result.
    private string Encrypt(string value)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(value), new byte[16]));
    }
}
