using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Access rules.</summary>
internal sealed class AclMethods(CloudState state) : IMethodArea
{
    public void Register(MethodTable table)
    {
        table.Add("one.acl.addrule", "ssss", Add);
        table.Add("one.acl.delrule", "i", Delete);
        table.Add("one.acl.info", "", Info);
    }

    private RpcValue Add(CloudCall call)
    {
        (string user, string resource, string rights, string? zone) = (call.Text(1), call.Text(2), call.Text(3), call.Count > 4 ? call.Text(4) : null);
        call.AuthorizeNew(ObjectKind.Acl);
        long everywhere = CloudAccessRule.Everyone;
        var rule = new CloudAccessRule(-1, Number(user), Number(resource), Number(rights), zone is null ? everywhere : Number(zone));
        if (rule.Problem is { } problem) throw CallRefusal.Internal($"Rule {rule} is malformed: {problem}.");
        int id = state.Access.Add(rule.User, rule.Resource, rule.Rights, rule.Zone);
        return id >= 0 ? id : throw CallRefusal.Internal($"Rule {rule} already exists");
    }

    private RpcValue Delete(CloudCall call)
    {
        int id = call.Int(1);
        call.Authorize((AccessOperation.Manage, AccessTarget.Every(ObjectKind.Acl)));
        return state.Access.Remove(id) ? id
            : throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"Rule {id} does not exist"));
    }

    private RpcValue Info(CloudCall call)
    {
        call.Authorize((AccessOperation.Manage, AccessTarget.Every(ObjectKind.Acl)));
        return XmlText.Of(xml =>
        {
            xml.Open("ACL_POOL");
            foreach (CloudAccessRule rule in state.Access.Rules) rule.Write(xml);
            xml.Close("ACL_POOL");
        });
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
