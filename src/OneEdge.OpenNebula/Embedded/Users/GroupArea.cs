using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Groups of users.</summary>
internal sealed class GroupArea : OwnerArea<CloudGroup>
{
    private const int FirstOwn = 100;
    private const string UsersTemplate =
        """SUNSTONE = [ DEFAULT_VIEW = "cloud", GROUP_ADMIN_DEFAULT_VIEW = "groupadmin", GROUP_ADMIN_VIEWS = "groupadmin,cloud", VIEWS = "cloud" ]""";

    public GroupArea(CloudState state)
        : base(state, ObjectKind.Group, "one.group", FirstOwn)
    {
        Pool.Add(new CloudGroup(0, "oneadmin", Defaults));
        Pool.Add(new CloudGroup(1, "users", Defaults) { Template = StoredTemplate.Parse(UsersTemplate) });
    }

    public override void Register(MethodTable table)
    {
        table.Add("one.group.allocate", "s", Allocate);
        AddInfo(table);
        table.Add("one.grouppool.info", "", PoolInfo);
        AddUpdate(table);
        AddDelete(table);
        AddQuotas(table);
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
    }

    protected override int OwnId(Caller caller) => caller.Gid;

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
        var group = new CloudGroup(Pool.TakeId(), name, Defaults);
        State.Vdcs.AddToDefault(group.Id);
        return Enter(call, group);
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
