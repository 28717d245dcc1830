namespace OneEdge.OpenNebula.Embedded;

/// <summary>Marketplaces. The public ones are there, and empty: nothing of the internet is looked at.</summary>
internal sealed class MarketArea : ObjectArea<CloudMarket>
{
    private const int FirstOwn = 100;
    private const long Capacity = 102_400;

    public MarketArea(CloudState state)
        : base(state, ObjectKind.Marketplace, "one.market", FirstOwn)
    {
        AddDefault(0, "OpenNebula Public", "MARKET_MAD=one\nDESCRIPTION=\"OpenNebula Systems MarketPlace\"");
        AddDefault(
            1,
            "Linux Containers",
            "STATE=DISABLED\nMARKET_MAD=linuxcontainers\n"
            + "DESCRIPTION=\"MarketPlace for the public image server fo LXC & LXD hosted at linuxcontainers.org\"");
    }

    protected override bool NamesAreOfOwners => false;

    public override void Register(MethodTable table)
    {
        table.Add("one.market.allocate", "s", Allocate);
        AddInfo(table);
        table.Add("one.marketpool.info", "", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        table.Add("one.market.enable", "ib", Enable);
    }

    /// <summary>What a marketplace has after its applications changed.</summary>
    public void Measure(CloudMarket market)
    {
        if (!MarketDrivers.IsPublic(market.Driver)) market.SetCapacity(Capacity, Sizes.Sum(market.Apps.Select(a => State.Apps.Pool.Find(a)?.Size ?? 0)));
    }

    protected override RpcValue PoolInfo(CloudCall call) => PoolQuery.Write(call, Kind, PoolQuery.Visible(call, Pool, PoolQuery.All));

    protected override string Taken(CloudMarket owner) => FormattableString.Invariant($"NAME is already taken by MARKETPLACE {owner.Id}");

    protected override StoredTemplate Accept(CloudCall call, CloudMarket item, StoredTemplate template)
    {
        template = TemplateTexts.Without(template, "NAME");
        string driver = template.Get("MARKET_MAD") is { Length: > 0 } sent ? sent : item.Driver;
        try
        {
            if (template.Get("MARKET_MAD") is { Length: > 0 }) MarketDrivers.Check(driver, template);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal($"Cannot update template. {refusal.Message}");
        }

        item.Driver = driver;
        return TemplateTexts.With(template, "MARKET_MAD", driver);
    }

    protected override void Renamed(CloudMarket item, string before)
    {
        foreach (int app in item.Apps)
        {
            if (State.Apps.Pool.Find(app) is { } found) found.MarketName = item.Name;
        }
    }

    protected override void Drop(CloudCall call, CloudMarket item)
    {
        if (!MarketDrivers.IsPublic(item.Driver) && item.Apps.Count > 0)
            throw CannotDelete(FormattableString.Invariant($"marketplace  {item.Id} is not empty."));
        State.Apps.DropAll(item);
        Pool.Remove(item);
    }

    private void AddDefault(int id, string name, string text)
    {
        StoredTemplate template = StoredTemplate.Parse(text);
        var market = new CloudMarket(id, name)
        {
            Driver = template.Get("MARKET_MAD")!,
            IsEnabled = template.Get("STATE") is null,
            Permissions = new CloudPermissions(0b111_100_100),
            Template = TemplateTexts.Without(template, "STATE"),
        };
        market.SetUser(Caller.Oneadmin, "oneadmin");
        market.SetGroup(Caller.Oneadmin, "oneadmin");
        Pool.Add(market);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        string name = template.Get("NAME") ?? "";
        CheckName(name, -1);
        template = TemplateTexts.Without(template, "NAME", "ZONE_ID");
        string driver = template.Get("MARKET_MAD") ?? "";
        if (driver.Length == 0) throw CallRefusal.Internal("No marketplace driver (MARKET_MAD) in template.");
        MarketDrivers.Check(driver, template);
        string? state = template.Get("STATE")?.ToUpperInvariant();
        if (state is "ENABLED" or "DISABLED") template = TemplateTexts.Without(template, "STATE");
        var market = new CloudMarket(Pool.TakeId(), name) { Driver = driver, IsEnabled = state != "DISABLED", Template = template };
        Own(call, market);
        return Enter(call, market);
    }

    private RpcValue Enable(CloudCall call)
    {
        (int id, bool enable) = (call.Int(1), call.Flag(2));
        CloudMarket market = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, market);
        if (market.IsEnabled == enable) return id;
        market.IsEnabled = enable;
        if (enable) Measure(market);
        else State.Apps.DropAll(market);
        return id;
    }
}
