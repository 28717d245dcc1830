using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Replaces variables in the values of a context: <c>$NAME</c>, <c>$NIC[IP]</c>, <c>$NETWORK[DNS, NETWORK="net"]</c> (OpenNebula 6.10 source,
/// src/parsers/vm_var_syntax.y). What follows a variable at once is copied; a dollar after a backslash is no variable.
/// </summary>
internal sealed class ContextVariables(CloudState state, CloudVm vm, int uid)
{
    // A context that shows the machine shows the context before: without an end it would grow with each change.
    private const int MaxLength = 1 << 24;

    /// <summary>The context with its variables replaced; refused when one cannot be read.</summary>
    public TemplateAttribute Replace(TemplateAttribute context) =>
        context.Items.Any(i => i.Value.Contains('$', StringComparison.Ordinal))
            ? Vectors.Of(context.Name, context.Items.Select(i => KeyValuePair.Create(i.Key, Replace(i.Value))))
            : context;

    private string Replace(string text)
    {
        var result = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                result.Append(text, at, 2);
                at += 2;
            }
            else if (text[at] != '$')
            {
                result.Append(text[at++]);
            }
            else
            {
                at++;
                result.Append(Variable(text, ref at) ?? throw CallRefusal.Internal($"Error parsing: {text}. syntax error at a variable, character {at + 1}"));
                if (result.Length > MaxLength) throw CallRefusal.Internal($"Error parsing: {text}. The value is too long");
            }
        }

        return result.ToString();
    }

    // What stands after the dollar; null when that is no variable.
    private string? Variable(string text, ref int at)
    {
        if (Word(text, ref at) is not { } name) return null;
        if (!Take(text, ref at, '[')) return Single(name.ToUpperInvariant());
        if (Word(text, ref at) is not { } item) return null;
        (string key, string value) = ("", "");
        if (Take(text, ref at, ','))
        {
            if (Word(text, ref at) is not { } named || !Take(text, ref at, '=') || Value(text, ref at) is not { } wanted) return null;
            (key, value) = (named.ToUpperInvariant(), wanted);
        }

        return Take(text, ref at, ']') ? Item(name.ToUpperInvariant(), item.ToUpperInvariant(), key, value) : null;
    }

    private static string? Word(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        return at > start ? text[start..at] : null;
    }

    // A sign, with blanks around it where the grammar has them.
    private static bool Take(string text, ref int at, char sign)
    {
        int next = at;
        while (sign != '[' && next < text.Length && text[next] is ' ' or '\t') next++;
        if (next >= text.Length || text[next] != sign) return false;
        next++;
        while (sign != ']' && next < text.Length && text[next] is ' ' or '\t') next++;
        at = next;
        return true;
    }

    private static string? Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"') return Word(text, ref at);
        int end = text.IndexOf('"', at + 1);
        if (end < 0) return null;
        string value = text[(at + 1)..end];
        at = end + 1;
        return value;
    }

    private string Single(string name) => name switch
    {
        "TEMPLATE" => Encoded(vm),
        "UID" => uid.ToString(CultureInfo.InvariantCulture),
        "UNAME" => Owner?.Name ?? "",
        "GID" => Owner?.Gid.ToString(CultureInfo.InvariantCulture) ?? "",
        "GNAME" => Owner?.GroupName ?? "",
        "NAME" => vm.Name,
        _ => vm.Template.Get(name) is { Length: > 0 } own ? own : vm.UserTemplate.Get(name) ?? "",
    };

    private string Item(string name, string item, string key, string value) => name switch
    {
        "NETWORK" => OfNetwork(item, key, value),
        "IMAGE" => OfImage(item, key, value),
        "USER" => Owner is not { } user ? "" : item == "TEMPLATE" ? Encoded(user) : user.Template.Get(item) ?? "",
        _ => vm.Template.Vectors(name).FirstOrDefault(v => key.Length == 0 || v.Get(key) == value)?.Get(item) ?? "",
    };

    private string OfNetwork(string item, string key, string value)
    {
        if (key is not ("NETWORK" or "NETWORK_ID" or "NIC_ID")) return "";
        TemplateAttribute? nic = vm.Template.Vectors("NIC_ALIAS").FirstOrDefault(n => n.Get(key) == value)
            ?? vm.Template.Vectors("NIC").FirstOrDefault(n => n.Get(key) == value);
        if (nic is null || !nic.TryGet("NETWORK_ID", out int id) || !nic.TryGet("AR_ID", out int range)) return "";
        if (state.Networks.Pool.Find(id) is not { } network) return "";
        if (item == "TEMPLATE") return Encoded(network);
        return network.Ranges.GetValueOrDefault(range)?.Item(item) is { Length: > 0 } own ? own : network.Template.Get(item) ?? "";
    }

    // Images are those of the disks of the machine.
    private string OfImage(string item, string key, string value)
    {
        if (key is not ("IMAGE" or "IMAGE_ID") || vm.Template.Vectors("DISK").FirstOrDefault(d => d.Get(key) == value) is not { } disk) return "";
        if (!disk.TryGet("IMAGE_ID", out int id) || state.Images.Pool.Find(id) is not { } image) return "";
        return item == "TEMPLATE" ? Encoded(image) : image.Template.Get(item) ?? "";
    }

    private CloudUser? Owner => state.Users.Pool.Find(uid);

    private string Encoded(CloudObject item) => Convert.ToBase64String(Encoding.UTF8.GetBytes(item.ToXml(state.SealedView)));
}
