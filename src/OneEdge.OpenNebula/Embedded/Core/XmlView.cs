using System.Security.Cryptography;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>How an object is shown: in clear, or with its secrets encrypted.</summary>
internal sealed class XmlView(bool showsSecrets, byte[] key)
{
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

    // As the core does: AES of 256 bits, and the same text gives the same result.
    private string Encrypt(string value)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(value), new byte[16]));
    }
}
