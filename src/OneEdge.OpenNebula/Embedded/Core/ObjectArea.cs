using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The objects of a kind with the methods that all kinds have in the same way. A kind registers those that it has, and changes what differs.</summary>
internal abstract class ObjectArea<T>(CloudState state, ObjectKind kind, string prefix, int firstId) : IMethodArea
    where T : CloudObject
{
    protected CloudState State { get; } = state;

    public ObjectKind Kind { get; } = kind;

    public ObjectPool<T> Pool { get; } = new(kind, firstId);

    /// <summary>What the methods begin with: <c>one.document</c>.</summary>
    protected string Prefix { get; } = prefix;

    /// <summary>What it takes to change the template, the name...</summary>
    protected virtual AccessOperation ChangeOperation => AccessOperation.Manage;

    protected virtual AccessOperation DeleteOperation => ChangeOperation;

    /// <summary>Whether each owner may have a name once (<see langword="true"/>), or the whole cloud.</summary>
    protected virtual bool NamesAreOfOwners => true;

    /// <summary>Whether two objects of an owner may share a name.</summary>
    protected virtual bool NamesMayRepeat => false;

    public abstract void Register(MethodTable table);

    /// <summary>The object that has a name which a new or renamed one of an owner wants.</summary>
    protected T? NameOwner(string name, int uid) => NamesMayRepeat ? null : Pool.Find(name, NamesAreOfOwners ? uid : null);

    /// <summary>That a name is taken, in the words of the core.</summary>
    protected virtual string Taken(T owner) => NameRules.Taken(owner);

    /// <summary>What is wrong with a name.</summary>
    protected virtual string? NameProblem(string name) => NameRules.Problem(name);

    /// <summary>Checks and changes a template that replaces the one of an object. A NAME in it names nothing; most kinds keep it all the same.</summary>
    protected virtual StoredTemplate Accept(CloudCall call, T item, StoredTemplate template) => template;

    /// <summary>Called after a change of the template.</summary>
    protected virtual void Updated(CloudCall call, T item)
    {
    }

    /// <summary>Called after a change of the name.</summary>
    protected virtual void Renamed(T item, string before)
    {
    }

    /// <summary>Called after a change of owner or group.</summary>
    protected virtual void Owned(T item)
    {
    }

    /// <summary>Refuses to delete an object, with a reason; or deletes it.</summary>
    protected virtual void Drop(CloudCall call, T item) => Pool.Remove(item);

    protected void AddInfo(MethodTable table) => table.Add($"{Prefix}.info", "ib", Info);

    protected void AddPoolInfo(MethodTable table) => table.Add($"{Prefix}pool.info", "iii", PoolInfo);

    protected void AddUpdate(MethodTable table) => table.Add($"{Prefix}.update", "si", Update);

    protected void AddRename(MethodTable table) => table.Add($"{Prefix}.rename", "is", Rename);

    protected void AddDelete(MethodTable table) => table.Add($"{Prefix}.delete", "i", Delete);

    protected void AddOwnership(MethodTable table)
    {
        table.Add($"{Prefix}.chown", "iii", Chown);
        table.Add($"{Prefix}.chmod", "iiiiiiiiii", Chmod);
    }

    protected void AddLocks(MethodTable table)
    {
        table.Add($"{Prefix}.lock", "iib", SetLock);
        table.Add($"{Prefix}.unlock", "i", Unlock);
    }

    /// <summary>Gives a new object its owner: the caller.</summary>
    protected static void Own(CloudCall call, T item)
    {
        item.SetUser(call.Caller.Uid, call.Caller.UserName);
        item.SetGroup(call.Caller.Gid, call.Caller.GroupName);
    }

    /// <summary>Takes a new object into the cloud; an event about the call shows it.</summary>
    protected RpcValue Enter(CloudCall call, T item)
    {
        Pool.Add(item);
        call.Extra = () => item.ToXml(State.SealedView);
        return item.Id;
    }

    /// <summary>Copies an object under another name: id, name. What is wrong with the copy is a refusal to create it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="copy">Makes the copy, given the name and the object.</param>
    protected RpcValue CopyOf(CloudCall call, Func<string, T, T> copy)
    {
        (int id, string name) = (call.Int(1), call.Text(2));
        T source = Pool.Get(id);
        return CopyOf(call, source, () => copy(name, source)).Id;
    }

    /// <summary>The same of an object that is known.</summary>
    protected T CopyOf(CloudCall call, T source, Func<T> copy)
    {
        call.Authorize((AccessOperation.Use, source.Access), (AccessOperation.Create, AccessTarget.New(Kind, call.Caller)));
        T made = CallRefusal.WhileAllocating(Kind, copy);
        Pool.Add(made);
        return made;
    }

    /// <summary>Refuses a name that cannot be or is taken.</summary>
    protected void CheckName(string name, int uid)
    {
        if (NameProblem(name) is { } problem) throw CallRefusal.Internal(problem);
        if (NameOwner(name, uid) is { } owner) throw CallRefusal.Internal(Taken(owner));
    }

    protected virtual RpcValue Info(CloudCall call)
    {
        int id = call.Int(1);
        T item = Pool.Get(id);
        call.Authorize(AccessOperation.UseIgnoringLocks, item);
        return item.ToXml(call.View(call.Caller.IsAdmin && call.Flag(2, false)));
    }

    protected virtual RpcValue PoolInfo(CloudCall call)
    {
        (int filter, int start, int end) = (call.Int(1), call.Int(2), call.Int(3));
        return PoolQuery.Write(call, Kind, PoolQuery.Page(PoolQuery.Visible(call, Pool, filter), start, end));
    }

    protected virtual RpcValue Update(CloudCall call)
    {
        (int id, string text, int mode) = (call.Int(1), call.Text(2), call.Int(3, 0));
        T item = Pool.Get(id);
        call.Authorize(ChangeOperation, item);
        if (mode is not (0 or 1)) throw CallRefusal.Argument("Wrong update type");
        StoredTemplate sent = TemplateTexts.Parse(text, "Cannot update template. ");
        item.Template = item.Opened(Accept(call, item, mode == 0 ? sent : item.Template.Merge(sent)), State.SealedView);
        Updated(call, item);
        return id;
    }

    protected virtual RpcValue Rename(CloudCall call)
    {
        (int id, string name) = (call.Int(1), call.Text(2));
        T item = Pool.Get(id);
        if (item.Name == name) return id;
        call.Authorize(ChangeOperation, item);
        if (NameOwner(name, item.Uid) is { } other)
            throw CallRefusal.Action(string.Create(
                CultureInfo.InvariantCulture, $"{Kind.Word} cannot be renamed to {name} because it collides with {Kind.Word} {other.Id}"));
        if (NameProblem(name) is { } problem) throw CallRefusal.Action(problem);
        string before = item.Name;
        item.Name = name;
        Renamed(item, before);
        return id;
    }

    protected virtual RpcValue Delete(CloudCall call)
    {
        int id = call.Int(1);
        T item = Pool.Get(id);
        string? before = State.Events.IsObserved ? item.ToXml(State.SealedView) : null;
        call.Extra = () => before ?? "";
        call.Authorize(DeleteOperation, item);
        Drop(call, item);
        State.Access.RemoveRulesOf(Kind, id);
        return id;
    }

    /// <summary>The refusal to delete an object.</summary>
    protected CallRefusal CannotDelete(string reason) => CallRefusal.Action($"Cannot delete {Kind.Word}. {reason}");

    protected virtual RpcValue Chown(CloudCall call)
    {
        (int id, int uid, int gid) = (call.Int(1), call.Int(2), call.Int(3));
        CloudUser? user = uid > -1 ? State.Users.Pool.Get(uid) : null;
        CloudGroup? group = gid > -1 ? State.Groups.Pool.Get(gid) : null;
        T item = Pool.Get(id);
        if (user?.Id == item.Uid) user = null;
        if (group?.Id == item.Gid) group = null;
        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Manage, item.Access)];
        if (user is not null) wanted.Add((AccessOperation.Manage, user.Access));
        if (group is not null) wanted.Add((AccessOperation.Use, group.Access));
        call.Authorize([.. wanted]);
        if (user is not null && NamesAreOfOwners && NameOwner(item.Name, user.Id) is { } other)
            throw CallRefusal.Internal(string.Create(
                CultureInfo.InvariantCulture, $"user [{user.Id}] already owns {Kind.Word} [{other.Id}] with NAME {item.Name}"));
        State.Quotas.RequireMove(call, item, user, group);
        if (user is not null) item.SetUser(user.Id, user.Name);
        if (group is not null) item.SetGroup(group.Id, group.Name);
        State.Quotas.Settle(item);
        if (user is not null || group is not null) Owned(item);
        return id;
    }

    protected virtual RpcValue Chmod(CloudCall call)
    {
        int id = call.Int(1);
        var wanted = new int[9];
        for (int i = 0; i < 9; i++) wanted[i] = call.Int(i + 2);
        Chmod(call, Pool.Get(id), wanted);
        return id;
    }

    /// <summary>Changes permissions; the bits for administration need that right.</summary>
    protected static void Chmod(CloudCall call, T item, ReadOnlySpan<int> wanted)
    {
        bool isAdministration = false;
        for (int i = 2; i < 9; i += 3) isAdministration |= wanted[i] != -1 && wanted[i] != (item.Permissions[i] ? 1 : 0);
        call.Authorize(isAdministration ? AccessOperation.Admin : AccessOperation.Manage, item);
        CloudPermissions changed = item.Permissions;
        for (int i = 0; i < 9; i++)
        {
            if (wanted[i] is < -1 or > 1) throw CallRefusal.Internal("New permission values must be -1, 0 or 1");
            if (wanted[i] >= 0) changed = changed.With(i, wanted[i] == 1);
        }

        item.Permissions = changed;
    }

    private RpcValue SetLock(CloudCall call)
    {
        (int id, int level, bool test) = (call.Int(1), call.Int(2), call.Flag(3, false));
        T item = Pool.Get(id);
        call.Authorize(AccessOperation.ManageIgnoringLocks, item);
        if (CloudLock.LevelOf(level) is not { } stored) throw CallRefusal.Action("Wrong lock level specified");
        if (test && item.Lock is { } held) throw CallRefusal.Action(held.Time.ToString(CultureInfo.InvariantCulture));
        if (item.Lock is { } other && other.Owner != call.Caller.Uid && !call.Caller.IsAdmin) throw CallRefusal.Action("Error trying to lock the resource.");
        item.Lock = new CloudLock(stored, call.Caller.Uid, State.Time, call.RequestId);
        return id;
    }

    private RpcValue Unlock(CloudCall call)
    {
        int id = call.Int(1);
        T item = Pool.Get(id);
        call.Authorize(AccessOperation.ManageIgnoringLocks, item);
        if (item.Lock?.Owner != call.Caller.Uid && !call.Caller.IsAdmin)
            throw CallRefusal.Action("Cannot unlock: Lock is owned by another user");
        item.Lock = null;
        return id;
    }
}
