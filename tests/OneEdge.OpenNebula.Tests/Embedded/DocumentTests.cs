using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class DocumentTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Document_keeps_its_name_and_body_and_may_share_its_name()
    {
        const string text = "<TEMPLATE><NAME>svc</NAME><BODY><![CDATA[{\"a\":\"b\"}]]></BODY></TEMPLATE>";
        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.document.allocate", text, 100));
        Assert.Equal(1, await _cloud.Rpc.IdAsync("one.document.allocate", text, 100));
        string xml = (await _cloud.Rpc.CallAsync("one.document.info", 0)).AsString();
        Assert.Equal(
            "<DOCUMENT><ID>0</ID><UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME><NAME>svc</NAME><TYPE>100</TYPE><PERMISSIONS>"
            + "<OWNER_U>1</OWNER_U><OWNER_M>1</OWNER_M><OWNER_A>0</OWNER_A><GROUP_U>0</GROUP_U><GROUP_M>0</GROUP_M><GROUP_A>0</GROUP_A>"
            + "<OTHER_U>0</OTHER_U><OTHER_M>0</OTHER_M><OTHER_A>0</OTHER_A></PERMISSIONS>"
            + "<TEMPLATE><BODY><![CDATA[{\"a\":\"b\"}]]></BODY></TEMPLATE></DOCUMENT>",
            xml);
    }

    [Fact]
    public async Task Document_without_a_name_is_called_after_its_id()
    {
        int id = await _cloud.Rpc.IdAsync("one.document.allocate", "BODY=\"{}\"", 77);
        Assert.Equal($"document-{id}", (await _cloud.Rpc.XmlAsync("one.document.info", id)).Value("NAME"));
    }

    [Fact]
    public async Task Update_replaces_or_merges_and_never_renames()
    {
        int id = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=a\nBODY=x\nB=1", 100);
        await _cloud.Rpc.CallAsync("one.document.update", id, "NAME=b\nC=2\nBODY=y", 1);
        XElement merged = await _cloud.Rpc.XmlAsync("one.document.info", id);
        Assert.Equal(("a", "y", "1", "2"), (merged.Value("NAME"), merged.Value("TEMPLATE/BODY"), merged.Value("TEMPLATE/B"), merged.Value("TEMPLATE/C")));
        await _cloud.Rpc.CallAsync("one.document.update", id, "NAME=b\nBODY=z", 0);
        XElement replaced = await _cloud.Rpc.XmlAsync("one.document.info", id);
        Assert.Equal("a", replaced.Value("NAME"));
        Assert.Equal(["BODY"], replaced.Element("TEMPLATE")!.Elements().Select(e => e.Name.LocalName));
        await _cloud.Rpc.AssertRefusedAsync(4096, "Wrong update type", "one.document.update", id, "BODY=q", 2);
        await _cloud.Rpc.AssertRefusedAsync(8192, "Cannot update template. Parse error: XML Template malformed.", "one.document.update", id, "<T><B>", 0);
        Assert.Equal(replaced.ToString(), (await _cloud.Rpc.XmlAsync("one.document.info", id)).ToString());
    }

    [Fact]
    public async Task Provision_body_is_sealed_unless_oneadmin_asks()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await alice.IdAsync("one.document.allocate", "NAME=p\nPROVISION_BODY=\"secret text\"", 102);
        Assert.Equal("secret text", (await _cloud.Rpc.XmlAsync("one.document.info", id, true)).Value("TEMPLATE/PROVISION_BODY"));
        string sealedBody = (await _cloud.Rpc.XmlAsync("one.document.info", id)).Value("TEMPLATE/PROVISION_BODY");
        Assert.NotEqual("secret text", sealedBody);
        Assert.Equal(16, Convert.FromBase64String(sealedBody).Length);
        Assert.Equal(sealedBody, (await alice.XmlAsync("one.document.info", id, true)).Value("TEMPLATE/PROVISION_BODY"));
        Assert.Equal(sealedBody, (await alice.XmlAsync("one.documentpool.info", -2, -1, -1, 102)).Value("DOCUMENT/TEMPLATE/PROVISION_BODY"));
    }

    [Fact]
    public async Task Sealed_body_that_is_sent_back_stays_the_secret_that_it_was()
    {
        int id = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=p\nPROVISION_BODY=\"secret text\"", 103);
        string sealedBody = (await _cloud.Rpc.XmlAsync("one.document.info", id)).Value("TEMPLATE/PROVISION_BODY");
        await _cloud.Rpc.CallAsync("one.document.update", id, $"PROVISION_BODY=\"{sealedBody}\"", 1);
        Assert.Equal("secret text", (await _cloud.Rpc.XmlAsync("one.document.info", id, true)).Value("TEMPLATE/PROVISION_BODY"));
    }

    [Fact]
    public async Task Pool_is_newest_first_by_type_range_and_page()
    {
        for (int i = 0; i < 10; i++) await _cloud.Rpc.CallAsync("one.document.allocate", $"NAME=d{i}", 104);
        await _cloud.Rpc.CallAsync("one.document.allocate", "NAME=other", 103);
        Assert.Equal((int[])[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], await Ids(-2, -1, -1));
        Assert.Equal((int[])[9, 8, 7], await Ids(-2, 0, -3));
        Assert.Equal((int[])[0], await Ids(-2, 9, -3));
        Assert.Equal((int[])[4, 3, 2], await Ids(-2, 2, 4));
        Assert.Empty(await Ids(-2, 50, -3));
        Assert.Equal("<DOCUMENT_POOL></DOCUMENT_POOL>", (await _cloud.Rpc.CallAsync("one.documentpool.info", -2, -1, -1, 5)).AsString());
        await _cloud.Rpc.AssertRefusedAsync(4096, "Incorrect filter_flag", "one.documentpool.info", -9, -1, -1, 104);

        async Task<int[]> Ids(int filter, int start, int end) =>
            [.. (await _cloud.Rpc.XmlAsync("one.documentpool.info", filter, start, end, 104)).Elements().Select(e => e.Number("ID"))];
    }

    [Fact]
    public async Task Stranger_sees_and_changes_nothing_until_others_may_use_it()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=d", 100);
        await alice.AssertRefusedAsync(512, $"User [2] : Not authorized to perform USE DOCUMENT [{id}].", "one.document.info", id);
        await alice.AssertRefusedAsync(1024, "Error getting document [4242].", "one.document.info", 4242);
        Assert.Empty((await alice.XmlAsync("one.documentpool.info", -2, -1, -1, 100)).Elements());
        await _cloud.Rpc.CallAsync("one.document.chmod", id, -1, -1, -1, -1, -1, -1, 1, -1, -1);
        Assert.Equal("d", (await alice.XmlAsync("one.document.info", id)).Value("NAME"));
        await alice.AssertRefusedAsync(512, $"User [2] : Not authorized to perform MANAGE DOCUMENT [{id}].", "one.document.update", id, "A=1", 1);
        await alice.AssertRefusedAsync(512, $"User [2] : Not authorized to perform MANAGE DOCUMENT [{id}].", "one.document.delete", id);
        await _cloud.Rpc.CallAsync("one.document.chown", id, 2, 1);
        await alice.CallAsync("one.document.update", id, "A=1", 1);
        await alice.CallAsync("one.document.delete", id);
        await alice.AssertRefusedAsync(1024, $"Error getting document [{id}].", "one.document.delete", id);
    }

    [Fact]
    public async Task Owner_needs_the_right_of_administration_to_give_it()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await alice.IdAsync("one.document.allocate", "NAME=d", 100);
        await alice.AssertRefusedAsync(
            512, $"User [2] : Not authorized to perform ADMIN DOCUMENT [{id}].", "one.document.chmod", id, 1, 1, 1, 0, 0, 0, 0, 0, 0);
        await _cloud.Rpc.AssertRefusedAsync(8192, "New permission values must be -1, 0 or 1", "one.document.chmod", id, 2, 1, 1, 0, 0, 0, 0, 0, 0);
        Assert.Equal("0", (await alice.XmlAsync("one.document.info", id)).Value("PERMISSIONS/OWNER_A"));
    }

    [Fact]
    public async Task Lock_is_tested_renewed_and_taken_away_by_its_owner_only()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await alice.IdAsync("one.document.allocate", "NAME=d", 100);
        await alice.CallAsync("one.document.lock", id, 4, false);
        XElement held = (await alice.XmlAsync("one.document.info", id)).Element("LOCK")!;
        Assert.Equal(("1", "2"), (held.Value("LOCKED"), held.Value("OWNER")));
        await alice.AssertRefusedAsync(2048, held.Value("TIME"), "one.document.lock", id, 1, true);
        await alice.CallAsync("one.document.lock", id, 2);
        await _cloud.Rpc.CallAsync("one.document.lock", id, 3, false);
        await alice.AssertRefusedAsync(2048, "Cannot unlock: Lock is owned by another user", "one.document.unlock", id);
        await _cloud.Rpc.CallAsync("one.document.unlock", id);
        Assert.Null((await alice.XmlAsync("one.document.info", id)).Element("LOCK"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong lock level specified", "one.document.lock", id, 5, false);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong lock level specified", "one.document.lock", id, 0, false);
        await _cloud.Rpc.CallAsync("one.document.unlock", id);
    }

    [Fact]
    public async Task Clone_is_of_the_caller_and_not_locked()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=d\nBODY=x", 100);
        await _cloud.Rpc.CallAsync("one.document.chmod", id, 1, 1, 0, 0, 0, 0, 1, 0, 0);
        await _cloud.Rpc.CallAsync("one.document.lock", id, 2, false);
        XElement copy = await alice.XmlAsync("one.document.info", await alice.IdAsync("one.document.clone", id, "copy"));
        Assert.Equal(("copy", "alice", "x", "100"), (copy.Value("NAME"), copy.Value("UNAME"), copy.Value("TEMPLATE/BODY"), copy.Value("TYPE")));
        Assert.Null(copy.Element("LOCK"));
        await alice.AssertRefusedAsync(16384, "Error allocating a new document. Invalid NAME, char '/' is not allowed", "one.document.clone", id, "a/b");
    }
}
