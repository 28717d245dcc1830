namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Sessions, faults, batches and events: what all methods share.</summary>
public sealed class MachineryTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("oneadmin", "wrong")]
    [InlineData("nobody", "opennebula")]
    [InlineData("oneadmin", "")]
    public async Task Wrong_session_is_refused_before_anything_else(string user, string password)
    {
        IOpenNebulaRpc rpc = _cloud.Connect(user, password);
        await rpc.AssertRefusedAsync(256, "User couldn't be authenticated, aborting call.", "one.document.info", 4242);
        await rpc.AssertRefusedAsync(256, "User couldn't be authenticated, aborting call.", "one.document.info");
    }

    [Fact]
    public async Task Parameters_missing_or_of_another_type_are_faults_and_those_too_many_are_not()
    {
        await _cloud.Rpc.AssertRefusedAsync(-501, "Not enough parameters", "one.document.info");
        await _cloud.Rpc.AssertRefusedAsync(-501, "Parameter that is supposed to be integer is not", "one.document.info", "0");
        await _cloud.Rpc.AssertRefusedAsync(-501, "Parameter that is supposed to be integer is not", "one.document.info", 1L);
        await _cloud.Rpc.AssertRefusedAsync(-501, "Parameter that is supposed to be a string is not", "one.document.allocate", 5, 100);
        await _cloud.Rpc.AssertRefusedAsync(-506, "Method 'one.no.such' not defined", "one.no.such");
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting document [0].", "one.document.info", 0, false, 7, 8);
    }

    [Fact]
    public async Task Values_that_no_network_carries_are_refused_as_by_a_connection()
    {
        var error = await Assert.ThrowsAsync<OpenNebulaException>(() => _cloud.Rpc.CallAsync("one.document.allocate", "NAME=\0", 100));
        Assert.Equal(OpenNebulaErrorCodes.ValueUnwritable, error.Code);
        await Assert.ThrowsAsync<OpenNebulaException>(() => _cloud.Rpc.CallAsync("one.document.allocate", "NAME=\ud800", 100));
        await Assert.ThrowsAsync<OpenNebulaException>(() => _cloud.Rpc.CallAsync("one.document.allocate", "A=1", double.NaN));
        await Assert.ThrowsAsync<ArgumentException>(() => _cloud.Rpc.CallAsync("one.<x>"));
    }

    [Fact]
    public async Task Batch_has_each_answer_and_each_error_in_its_place()
    {
        OpenNebulaCall[] calls =
        [
            new("one.system.version"), new("one.document.info", 4242), new("system.methodExist", "one.document.info"), new("one.no.info"),
        ];
        IReadOnlyList<OpenNebulaCallResult> results = await _cloud.Rpc.ReadManyAsync(calls, TestContext.Current.CancellationToken);
        Assert.Equal("6.10.5", results[0].Value.AsString());
        Assert.Equal((1024, 4242), (results[1].Error!.ServerCode, results[1].Error!.ObjectId));
        Assert.True(results[2].Value.AsBoolean());
        Assert.Equal(-506, results[3].Error!.ServerCode);
        await Assert.ThrowsAsync<ArgumentException>(() => _cloud.Rpc.ReadManyAsync([new("one.document.delete", 1)], TestContext.Current.CancellationToken));
        Assert.Empty(await _cloud.Rpc.ReadManyAsync([], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Secrets_are_in_no_message()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        OpenNebulaCallException error = await alice.RefusedAsync("one.user.login", "alice", "alicepass", 0, -1);
        Assert.DoesNotContain("alicepass", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("alicepass", alice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_about_a_call_has_masked_secrets_nested_xml_and_the_new_object()
    {
        List<string> seen = [];
        using (_cloud.Listen(m => seen.Add($"{m.Topic}|{System.Text.Encoding.UTF8.GetString(m.Payload.Span)}")))
        {
            await _cloud.Rpc.CallAsync("one.document.allocate", "<T><NAME>d</NAME></T>", 100);
            await _cloud.Rpc.CallAsync("one.document.info", 0);
            await _cloud.Rpc.RefusedAsync("one.document.rename", 7, "x");
            await _cloud.Rpc.CallAsync("one.user.passwd", 0, "opennebula");
        }

        await _cloud.Rpc.CallAsync("one.document.delete", 0);
        Assert.Equal(
            ["EVENT API one.document.allocate 1", "EVENT API one.document.rename 0", "EVENT API one.user.passwd 1"],
            seen.Select(s => s[..s.IndexOf('|', StringComparison.Ordinal)]));
        Assert.StartsWith(
            "EVENT API one.document.allocate 1|<HOOK_MESSAGE>"
            + "<HOOK_TYPE>API</HOOK_TYPE><CALL>one.document.allocate</CALL><CALL_INFO><RESULT>1</RESULT><PARAMETERS>"
            + "<PARAMETER><POSITION>1</POSITION><TYPE>IN</TYPE><VALUE>****</VALUE></PARAMETER>"
            + "<PARAMETER><POSITION>2</POSITION><TYPE>IN</TYPE><VALUE><T><NAME>d</NAME></T></VALUE></PARAMETER>"
            + "<PARAMETER><POSITION>3</POSITION><TYPE>IN</TYPE><VALUE>100</VALUE></PARAMETER>"
            + "<PARAMETER><POSITION>1</POSITION><TYPE>OUT</TYPE><VALUE>true</VALUE></PARAMETER>"
            + "<PARAMETER><POSITION>2</POSITION><TYPE>OUT</TYPE><VALUE>0</VALUE></PARAMETER>"
            + "<PARAMETER><POSITION>3</POSITION><TYPE>OUT</TYPE><VALUE>0</VALUE></PARAMETER></PARAMETERS><EXTRA><DOCUMENT><ID>0</ID>",
            seen[0],
            StringComparison.Ordinal);
        Assert.Contains("<VALUE><![CDATA[[one.document.rename] Error getting document [7].]]></VALUE>", seen[1], StringComparison.Ordinal);
        Assert.DoesNotContain("opennebula", seen[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_may_call_the_cloud()
    {
        List<string> seen = [];
        using IDisposable subscription = _cloud.Listen(m =>
        {
            seen.Add(m.Topic);
            if (seen.Count == 1) _cloud.Rpc.CallAsync("one.document.delete", 0).GetAwaiter().GetResult();
        });
        await _cloud.Rpc.CallAsync("one.document.allocate", "NAME=d", 100);
        Assert.Equal(["EVENT API one.document.allocate 1", "EVENT API one.document.delete 1"], seen);
    }

    [Fact]
    public async Task Several_threads_call_at_once_and_listeners_hear_each_call_in_order()
    {
        List<string> seen = [];
        using IDisposable listener = _cloud.Listen(m => seen.Add(m.Topic));
        int[][] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new int[50];
            for (int i = 0; i < mine.Length; i++) mine[i] = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=0.001\nMEMORY=1", false);
            return mine;
        })));
        Assert.Equal(Enumerable.Range(0, 400), ids.SelectMany(i => i).Order());
        Assert.All(ids, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(
            ["PENDING/LCM_INIT", "ACTIVE/LCM_INIT", "ACTIVE/PROLOG", "ACTIVE/BOOT", "ACTIVE/RUNNING"],
            seen.Where(t => t.StartsWith("EVENT VM 7/", StringComparison.Ordinal)).Select(t => t["EVENT VM 7/".Length..].TrimEnd()));
    }

    [Fact]
    public async Task Cloud_that_was_disposed_of_refuses_calls()
    {
        var cloud = new EmbeddedCloud();
        IDisposable rule = cloud.Script.Fail(EmbeddedWork.Deploy);
        cloud.Dispose();
        rule.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => cloud.Rpc.CallAsync("one.system.version"));
        Assert.Throws<ArgumentException>(() => new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = -1 }));
    }
}
