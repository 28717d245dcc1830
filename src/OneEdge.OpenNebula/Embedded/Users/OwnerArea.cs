namespace OneEdge.OpenNebula.Embedded;

/// <summary>What users and groups have in the same way: they are read with the caller's own for -1, and have quotas.</summary>
internal abstract class OwnerArea<T>(CloudState state, ObjectKind kind, string prefix, int firstId) : ObjectArea<T>(state, kind, prefix, firstId)
    where T : CloudOwner
{
    /// <summary>The limits where a user or a group has none.</summary>
    protected QuotaBook Defaults { get; } = QuotaBook.OfEverybody();

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    /// <summary>The user or the group of a caller.</summary>
    protected abstract int OwnId(Caller caller);

    protected void AddQuotas(MethodTable table)
    {
        table.Add($"{Prefix}.quota", "is", SetQuota);
        table.Add($"{Prefix}quota.info", "", _ => XmlText.Of(WriteDefaults));
        table.Add($"{Prefix}quota.update", "s", SetDefaultQuota);
    }

    protected override RpcValue Info(CloudCall call)
    {
        int id = call.Int(1);
        T item = Pool.Get(id == -1 ? OwnId(call.Caller) : id);
        call.Authorize(AccessOperation.UseIgnoringLocks, item);
        return item.ToXml(call.View(call.Caller.IsAdmin && call.Flag(2, false)));
    }

    protected override RpcValue PoolInfo(CloudCall call)
    {
        var xml = new XmlText();
        xml.Open(Kind.PoolElement);
        foreach (T item in PoolQuery.Visible(call, Pool, PoolQuery.All)) item.WriteInPool(xml, call.View());
        WriteDefaults(xml);
        xml.Close(Kind.PoolElement);
        return xml.ToString();
    }

    private void WriteDefaults(XmlText xml) => CloudOwner.WriteDefaults(xml, Kind, Defaults);

    private RpcValue SetQuota(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        // Of a group the core says so before it asks for rights, of a user after this.
        if (Kind != ObjectKind.Group) call.Authorize(AccessOperation.Admin, Pool.Get(id));
        if (id == Caller.Oneadmin) throw CallRefusal.Action($"Cannot set quotas for oneadmin {Kind.Word}");
        T item = Pool.Get(id);
        call.Authorize(AccessOperation.Admin, item);
        item.Quotas.Set(Parse(text));
        return id;
    }

    private RpcValue SetDefaultQuota(CloudCall call)
    {
        string text = call.Text(1);
        if (call.Caller.Gid != Caller.Oneadmin)
            throw CallRefusal.Authorization(call.Caller, "The default quotas can only be updated by users in the oneadmin group");
        Defaults.Set(Parse(text));
        return XmlText.Of(WriteDefaults);
    }

    // Wrong limits are a wrong action, also where they do not parse.
    private static StoredTemplate Parse(string text)
    {
        try
        {
            return TemplateTexts.Parse(text);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }
    }
}
