namespace OneEdge.Storage.Tests;

public sealed class InfoVectorTests
{
    public static TheoryData<string> Good => [.. ImageCases.Good.Keys];

    public static TheoryData<string> Hostile => [.. ImageCases.Hostile.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Info_of_a_valid_image_is_what_qemu_tells(string id)
    {
        ImageCase image = ImageCases.Good[id];
        using TemporaryDirectory directory = image.Unpack();
        DiskImageInfo info = await DiskImageInfo.ReadAsync(
            image.Main, options: image.Options(directory), cancellationToken: TestContext.Current.CancellationToken);
        JsonComparison.Equal(image.Json.GetProperty("info"), info.ToJson(), "actual-size");
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Chain_of_a_valid_image_is_what_qemu_tells(string id)
    {
        ImageCase image = ImageCases.Good[id];
        using TemporaryDirectory directory = image.Unpack();
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(image.Main, image.Options(directory), TestContext.Current.CancellationToken);
        JsonComparison.Equal(image.Json.GetProperty("info_chain").GetProperty("json"), DiskImageInfo.ToJson(disk.BackingChain), "actual-size");
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_image_is_refused_where_qemu_refuses_it(string id)
    {
        ImageCase image = ImageCases.Hostile[id];
        using TemporaryDirectory directory = image.Unpack();
        Task<DiskImageInfo> read = DiskImageInfo.ReadAsync(
            image.Main, options: image.Options(directory), cancellationToken: TestContext.Current.CancellationToken);
        if (image.Json.GetProperty("verdict").GetString() == "reject-open")
        {
            Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(() => read);
            Assert.Contains(image.Main, refused.Message, StringComparison.Ordinal);
            return;
        }

        JsonComparison.Equal(image.Json.GetProperty("info").GetProperty("json"), (await read).ToJson(), "actual-size");
    }
}
