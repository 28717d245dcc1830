namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>The codes and the words of refusals.</summary>
public abstract class ErrorContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    [Fact]
    public async Task Wrong_password_is_an_error_of_authentication()
    {
        var stranger = new OpenNebulaClient(Cloud.Connect(Names.New("nobody"), "secret"));
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.Authentication, () => stranger.Users.GetSelfAsync(Token), "User couldn't be authenticated, aborting call.");
        Assert.Equal((256, OpenNebulaErrorCodes.Authentication), (error.ServerCode, error.Code));
    }

    [Fact]
    public async Task Missing_right_is_an_error_of_authorization()
    {
        (int user, _, OpenNebulaClient own) = await NewUserAsync();
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Clusters.CreateAsync(Names.New("cluster"), Token),
            Text($"User [{user}] : Not authorized to perform CREATE CLUSTER."));
        Assert.Equal((512, OpenNebulaErrorCodes.Authorization), (error.ServerCode, error.Code));
    }

    [Theory]
    [InlineData("one.vm.info", "virtual machine")]
    [InlineData("one.host.info", "host")]
    [InlineData("one.vn.info", "virtual network")]
    [InlineData("one.image.info", "image")]
    [InlineData("one.user.info", "user")]
    [InlineData("one.template.info", "virtual machine template")]
    [InlineData("one.group.info", "group")]
    [InlineData("one.datastore.info", "datastore")]
    [InlineData("one.cluster.info", "cluster")]
    [InlineData("one.document.info", "document")]
    [InlineData("one.zone.info", "zone")]
    [InlineData("one.secgroup.info", "security group")]
    [InlineData("one.vdc.info", "VDC")]
    [InlineData("one.vrouter.info", "virtual router")]
    [InlineData("one.market.info", "marketplace")]
    [InlineData("one.marketapp.info", "marketplaceapp")]
    [InlineData("one.vmgroup.info", "vm group")]
    [InlineData("one.vntemplate.info", "virtual network template")]
    [InlineData("one.hook.info", "hook")]
    [InlineData("one.backupjob.info", "backup job")]
    public async Task Missing_object_is_named_by_its_kind_and_its_number(string method, string word)
    {
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.NoExists, () => One.CallAsync(method, [2_000_000_000], Token), Text($"Error getting {word} [2000000000]."));
        Assert.Equal((1024, 2_000_000_000, method), (error.ServerCode, error.ObjectId, error.Method));
        Assert.NotNull(error.ObjectKind);
    }

    [Fact]
    public async Task Wrong_state_is_an_error_of_the_action()
    {
        int id = await NewHeldMachineAsync();
        OpenNebulaCallException error = await RefusedAsync(OpenNebulaErrorKind.Action, () => One.VirtualMachines.ResumeAsync(id, Token));
        Assert.Equal((2048, OpenNebulaErrorCodes.Action), (error.ServerCode, error.Code));
    }

    [Fact]
    public async Task Bad_argument_is_an_error_of_the_call()
    {
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.XmlRpcApi, () => One.CallAsync("one.vmpool.info", [-7, -1, -1, -1, ""], Token), "Incorrect filter_flag");
        Assert.Equal((4096, OpenNebulaErrorCodes.XmlRpcApi), (error.ServerCode, error.Code));
    }

    [Fact]
    public async Task Text_that_is_no_template_is_an_internal_error()
    {
        OpenNebulaCallException error = await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Templates.CreateAsync("A = [", Token));
        Assert.Equal((8192, OpenNebulaErrorCodes.Internal), (error.ServerCode, error.Code));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Templates.CreateAsync("<A><B></A>", Token), "Parse error: XML Template malformed.");
    }

    [Fact]
    public async Task Object_that_cannot_be_made_is_an_error_of_allocation()
    {
        int template = Later(
            "network template",
            await One.VirtualNetworkTemplates.CreateAsync($"NAME = {Names.New("vntemplate")}\nVN_MAD = dummy\nBRIDGE = br", Token),
            (t, ct) => One.VirtualNetworkTemplates.DeleteAsync(t, ct));
        string name = Names.New("net");
        int network = LaterNetwork(await One.VirtualNetworkTemplates.InstantiateAsync(template, name, cancellationToken: Token));
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.Allocate,
            () => One.VirtualNetworkTemplates.InstantiateAsync(template, name, cancellationToken: Token),
            Text($"Error allocating a new virtual network template. NAME is already taken by NET {network}."));
        Assert.Equal((16384, OpenNebulaErrorCodes.Allocate), (error.ServerCode, error.Code));
    }

    [Fact]
    public async Task Call_with_too_few_or_wrong_arguments_is_a_fault()
    {
        OpenNebulaCallException error = await FaultAsync(OpenNebulaErrorKind.WrongParameters, "one.vm.info");
        Assert.Equal(-501, error.ServerCode);
        Assert.Equal("Not enough parameters", error.ServerMessage);
        error = await FaultAsync(OpenNebulaErrorKind.WrongParameters, "one.vm.info", "0");
        Assert.Equal("Parameter that is supposed to be integer is not", error.ServerMessage);
        error = await FaultAsync(OpenNebulaErrorKind.WrongParameters, "one.vm.info", 0L);
        Assert.Equal("Parameter that is supposed to be integer is not", error.ServerMessage);
        error = await FaultAsync(OpenNebulaErrorKind.WrongParameters, "one.template.rename", 0, 1);
        Assert.Equal("Parameter that is supposed to be a string is not", error.ServerMessage);
    }

    [Fact]
    public async Task Character_above_U_FFFF_is_a_fault()
    {
        string name = Names.New("template");
        OpenNebulaCallException error = await FaultAsync(OpenNebulaErrorKind.MalformedCall, "one.template.allocate", $"NAME = {name}\ud83d\ude00");
        Assert.Equal(
            Text($"Call XML not a proper XML-RPC call.  {name.Length + 11}-byte supposed UTF-8 string is not valid UTF-8.  ")
                + "UTF-8 string contains a character not in the Basic Multilingual Plane (first byte 0xfffffff0)",
            error.ServerMessage);
        Assert.Equal(-503, error.ServerCode);
        Assert.DoesNotContain(
            name, string.Join(' ', (await AllAsync(One.Templates.ListAsync(cancellationToken: Token))).Select(t => t.Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Method_that_does_not_exist_is_a_fault()
    {
        OpenNebulaCallException error = await FaultAsync(OpenNebulaErrorKind.NoSuchMethod, "one.no.such", 1);
        Assert.Equal((-506, "Method 'one.no.such' not defined"), (error.ServerCode, error.ServerMessage));
        await FaultAsync(OpenNebulaErrorKind.NoSuchMethod, "one.vm.diskSnapshotCreate", 0, 0, "x");
        await FaultAsync(OpenNebulaErrorKind.NoSuchMethod, "one.market.lock", 0, 1, false);
    }

    [Fact]
    public async Task Arguments_too_many_are_ignored()
    {
        int id = await NewTemplateAsync();
        RpcValue answer = await One.CallAsync("one.template.info", [id, false, false, 7, "more"], Token);
        Assert.Contains("<VMTEMPLATE>", answer.AsString(), StringComparison.Ordinal);
    }

    private async Task<OpenNebulaCallException> FaultAsync(OpenNebulaErrorKind kind, string method, params RpcValue[] parameters) =>
        await RefusedAsync(kind, () => One.CallAsync(method, parameters, Token));
}
