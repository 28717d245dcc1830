using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Groups of users.</summary>
internal sealed class GroupArea : ObjectArea<CloudGroup>
{
    private const int FirstOwn = 100;
    private const string UsersTemplate =
        """SUNSTONE = [ DEFAULT_VIEW = "cloud", GROUP_ADMIN_DEFAULT_VIEW = "groupadmin", GROUP_ADMIN_VIEWS = "groupadmin,cloud", VIEWS = "cloud" ]""";

    public GroupArea(CloudState state)
        : base(state, ObjectKind.Group, "one.group", FirstOwn)
    {
        Pool.Add(new CloudGroup(0, "oneadmin"));
        Pool.Add(new CloudGroup(1, "users") { Template = StoredTemplate.Parse(UsersTemplate) });
    }

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    public override void Register(MethodTable table)
    {
        table.Add("one.group.allocate", "s", Allocate);
        AddInfo(table);
        table.Add("one.grouppool.info", "", PoolInfo);
        AddUpdate(table);
        AddDelete(table);
        table.Add("one.group.quota", "is", SetQuota);
        table.Add("one.group.addadmin", "ii", call => EditAdmin(call, (group, uid) =>
        {
            if (!group.Users.Contains(uid)) throw CannotEdit(uid, "is not part of", group.Id);
            if (!group.Admins.Add(uid)) throw CannotEdit(uid, "is already an administrator of", group.Id);
            State.Access.AddRulesOfAdmin(uid, group.Id);
        }));
        table.Add("one.group.deladmin", "ii", call => EditAdmin(call, (group, uid) =>
        {
            if (!group.Admins.Remove(uid)) throw CannotEdit(uid, "is not an administrator of", group.Id);
            State.Access.RemoveRulesOfAdmin(uid, group.Id);
        }));
        table.Add("one.groupquota.info", "", _ => XmlText.Of(xml => CloudQuotas.WriteDefaults(xml, "DEFAULT_GROUP_QUOTAS")));
    }

    protected override RpcValue Info(CloudCall call)
    {
        int id = call.Int(1);
        CloudGroup group = Pool.Get(id == -1 ? call.Caller.Gid : id);
        call.Authorize(AccessOperation.UseIgnoringLocks, group);
        return group.ToXml(call.View(call.Caller.IsAdmin && call.Flag(2, false)));
    }

    protected override RpcValue PoolInfo(CloudCall call)
    {
        var xml = new XmlText();
        xml.Open("GROUP_POOL");
        foreach (CloudGroup group in PoolQuery.Visible(call, Pool, PoolQuery.All)) group.WriteInPool(xml, call.View());
        CloudQuotas.WriteDefaults(xml, "DEFAULT_GROUP_QUOTAS");
        xml.Close("GROUP_POOL");
        return xml.ToString();
    }

    protected override void Drop(CloudCall call, CloudGroup item)
    {
        if (item.Id < FirstOwn) throw CannotDelete("System Groups (ID < 100) cannot be deleted.");
        if (item.Users.Count > 0)
            throw CannotDelete(string.Create(CultureInfo.InvariantCulture, $"Group {item.Id} is not empty."));
        Pool.Remove(item);
        State.Access.RemoveRulesOfGroup(item.Id);
        State.Vdcs.ForgetGroup(item.Id);
    }

    private RpcValue Allocate(CloudCall call)
    {
        string name = call.Text(1);
        call.AuthorizeNew(Kind);
        CheckName(name, -1);
        var group = new CloudGroup(Pool.TakeId(), name);
        State.Vdcs.AddToDefault(group.Id);
        return Enter(call, group);
    }

    private RpcValue SetQuota(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        if (id == Caller.Oneadmin) throw CallRefusal.Action("Cannot set quotas for oneadmin group");
        CloudGroup group = Pool.Get(id);
        call.Authorize(AccessOperation.Admin, group);
        group.Quotas.Set(TemplateTexts.Parse(text));
        return id;
    }

    private RpcValue EditAdmin(CloudCall call, Action<CloudGroup, int> edit)
    {
        (int gid, int uid) = (call.Int(1), call.Int(2));
        CloudGroup group = Pool.Get(gid);
        CloudUser user = State.Users.Pool.Get(uid);
        call.Authorize((AccessOperation.Admin, group.Access), (AccessOperation.Admin, user.Access));
        edit(group, uid);
        return gid;
    }

    private static CallRefusal CannotEdit(int uid, string why, int gid) =>
        CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"Cannot edit group. User {uid} {why} Group {gid}."));
}
